"""The spreadsheets: each row of each sheet, with the notes and the counts that explain them."""

import io
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from openpyxl import load_workbook

from tests.flow.every_number.account import Account
from tests.flow.every_number.rows import parts
from tests.flow.every_number.rules import rule_numbers
from tests.flow.every_number.statements import View, finding
from tests.flow.every_number.truth import NOW, Place, Truth
from tests.flow.every_number.words import (
    DIMS,
    HEADS,
    ITEMS,
    SCALES,
    THEMES,
    TOPICS,
    Values,
    group_label,
    name_of,
    numbers,
    value_label,
)

Row = tuple[Any, ...]
WORDS = {"higher": "Higher than", "lower": "Lower than", "same": "About the same as", None: "[z]"}
THEN = "the wave before"
RANGE = ("Likely range from", "Likely range to")
AGAINST = ("Other schools", "Difference", "Difference from", "Difference to", "Verdict")
COLUMNS = {
    "Headlines": (
        "Answers", "Share (%)", *(f"{each} (%)" for each in RANGE), *AGAINST,
    ),
    "Scores": (
        "Scale from", "Scale to", "Answers", "Average", *RANGE, "Standard deviation", *AGAINST,
    ),
    "Answers": ("Answers", "Share (%)"),
    "Groups": (*DIMS.values(), "Answers", "Figure", *RANGE),
    "Change": (*DIMS.values(), THEN, "Now", "Change", "Change from", "Change to", "Verdict"),
    "Participation": ("Took part", "On the roll", "Opted out"),
}  # fmt: skip
KINDS = {"borough": "Borough", "locality": "Locality", "ward": "Ward"}
SKIPPED = {-1: "Skipped", -2: "Not reached", -3: "Not asked"}


def book(account: Account, content: bytes, truth: Truth, places: list[Place]) -> None:
    """A school's own book, or the one of all public places."""
    made = load_workbook(io.BytesIO(content))
    for name in made.sheetnames:
        if name not in {*SHEETS, "Cover", "Contents", "Notes"}:
            account.unchecked(f"the sheet {name}")
    lengths = {}
    notes = {row["Note"]: row["What it says"] for row in rows(made["Notes"])}
    for name in made.sheetnames[2:]:
        found = rows(made[name])
        lengths[name] = len(found)
        if name in SHEETS:
            _heads(account, name, list(found[0]), truth)
            _sheet(account, name, found, truth, places)
            for row in found:
                _notes(account, name, row, notes)
                _in_words(account, row, truth, places)
    counted = {row["Sheet"]: row["Rows"] for row in rows(made["Contents"])}
    account.same("book: contents", counted, lengths)
    view = View(truth, "method", places[0])
    _words(account, notes, view)
    for row in made["Cover"].iter_rows(values_only=True):
        account.agree("book: cover", not numbers(str(row), truth.names), row, "no figure")
    for name in made.sheetnames[1:]:
        head = " ".join(str(cell.value) for cells in made[name]["A1:A3"] for cell in cells)
        account.agree("book: head", not numbers(head, truth.names), head, "no figure")


def rows(page: Any) -> list[dict[str, Any]]:
    """The table of a sheet."""
    (table,) = page.tables.values()
    head, *found = [[cell.value for cell in row] for row in page[table.ref]]
    return [dict(zip(head, row, strict=True)) for row in found]


def _heads(account: Account, name: str, heads: list[str], truth: Truth) -> None:
    """The columns stand in the order in which their numbers are looked for below."""
    known = [truth.waves[0] if each == THEN else each for each in COLUMNS[name]]
    account.same(
        "book: columns",
        [each for each in heads if each in known],
        [each for each in known if each in heads],
    )
    named = [each for each in heads if numbers(each, truth.names)]
    account.same("book: columns", named, [])


def _sheet(
    account: Account, name: str, found: list[dict[str, Any]], truth: Truth, places: list[Place]
) -> None:
    """The same rows, in whichever order, without what is told about them."""
    shown = [tuple(row[key] for key in row if key not in {"In words", "Notes"}) for row in found]
    expected = []
    for place in places:
        where = () if place.kind == "school" else (KINDS[place.kind], place.name)
        expected += [(*where, *row) for row in SHEETS[name](place, truth)]
    extra = list((Counter(shown) - Counter(expected)).items())
    lacking = list((Counter(expected) - Counter(shown)).items())
    account.agree(f"sheet: {name}", not extra and not lacking, extra[:3], lacking[:3])
    account.seen[f"sheet: {name}: rows"] += len(found)


def _notes(account: Account, name: str, row: dict[str, Any], notes: dict[str, str]) -> None:
    """A marker that stands for a label has the label in its note."""
    told = [notes[each] for each in re.findall(r"\[note \d+\]", str(row.get("Notes")))]
    high = "[high]" in row.values()
    if high or "[low]" in row.values():
        ok = any(("all but" in each or ">" in each) == high for each in told)
        account.agree(f"note: {name}", ok, told, row)


def _in_words(account: Account, row: dict[str, Any], truth: Truth, places: list[Place]) -> None:
    """The sentences beside a figure."""
    if "In words" not in row:
        return
    place = truth.named(row["Area"]) if "Area" in row else places[0]
    measures = {head["label"]: key for key, head in HEADS.items()}
    measures |= {scale["title"]: key for key, scale in SCALES.items()}
    measure = measures[row.get("Pupils who") or row["Score"]]
    assert place
    told = numbers(row["In words"], truth.reasons)
    account.same("book: in words", told, finding(View(truth, "book", place), measure))


def _words(account: Account, notes: dict[str, str], view: View) -> None:
    known = {*rule_numbers(view), "5"}  # of five schools
    for name, words in notes.items():
        found = set(numbers(words, view.truth.names | {name}))
        account.agree("book: notes", found <= known, words, sorted(known))


# Sheets


def _topic(topic: dict[str, Any]) -> Row:
    return (THEMES[topic["theme"]], topic["title"])


def _share(place: Place, key: str, values: Values = ()) -> Row:
    """(answers, share, from, to)."""
    found = place.figure(key, values)
    if found is None:
        return ("[c]",) * 4
    if found.value is None:
        return (found.n, *(("[high]" if found.label[0] in ">a" else "[low]",) * 3))
    return (found.n, found.value, found.low, found.high)


def _against(place: Place, key: str) -> Row:
    if place.kind != "school":
        return ()
    found = place.comparison(key)
    if found is None:
        return ("[c]",) * 5
    _, _, _, theirs, difference, low, high, *_, verdict = found
    return (theirs, difference, low, high, WORDS[verdict])


def _headlines(place: Place, _truth: Truth) -> list[Row]:
    return [
        (*_topic(topic), head["label"], *_share(place, head["key"]), *_against(place, head["key"]))
        for topic in TOPICS
        for head in topic["headlines"]
    ]


def _scores(place: Place, _truth: Truth) -> list[Row]:
    found = []
    for topic in TOPICS:
        if "scale" not in topic:
            continue
        scale = SCALES[topic["scale"]]
        figure = place.figure(scale["key"])
        spread = figure.sd if figure and figure.sd is not None else "[c]"
        shared = _share(place, scale["key"])
        about = (*_topic(topic), scale["title"], *scale["range"], *shared, spread)
        found.append((*about, *_against(place, scale["key"])))
    return found


def _answers(place: Place, _truth: Truth) -> list[Row]:
    found: list[Row] = []
    for topic in TOPICS:
        for item in topic["items"]:
            for column, words, answers in parts(item):
                cell = place.cell(column)
                start = (*_topic(topic), words)
                if cell is None:
                    found.append((*start, "All answers", "Pupils who answered", "[c]", "[c]"))
                    continue
                many = ITEMS[item]["type"] == "multi"
                names = {1: "Ticked", 0: "Not ticked"} if many else answers
                _, n, shares, missing = cell
                pupils = place.sizes()[()]
                found += [
                    (*start, names[c], "Pupils who answered", n, _percent(p, label))
                    for c, p, label in shares
                ]
                found += [
                    (*start, SKIPPED[c], "All pupils", pupils, _percent(p, label))
                    for c, p, label in missing
                ]
    return found


def _percent(percent: float | None, label: str) -> object:
    return percent if percent is not None else "[high]" if label[0] in ">a" else "[low]"


def _dims(values: Values) -> Row:
    chosen = dict(values)
    return tuple(value_label(dim, chosen[dim]) if dim in chosen else "All" for dim in DIMS)


def _groups(place: Place, _truth: Truth) -> list[Row]:
    found: list[Row] = []
    for values in place.sizes():
        for topic in TOPICS if values else ():
            for head in topic["headlines"]:
                start = (*_dims(values), head["label"], "Share (%)")
                found.append((*start, *_share(place, head["key"], values)))
            if "scale" in topic:
                start = (*_dims(values), SCALES[topic["scale"]]["title"], "Average")
                found.append((*start, *_share(place, topic["scale"], values)))
    return found


def _change(place: Place, _truth: Truth) -> list[Row]:
    if place.kind not in {"school", "borough"}:
        return []
    found: list[Row] = []
    for values in place.sizes():
        for topic in TOPICS:
            for key in (*(h["key"] for h in topic["headlines"]), topic.get("scale")):
                if key:
                    name = name_of(key) + (": average score" if key in SCALES else "")
                    found.append((*_dims(values), name, *_since(place, key, values)))
    return found


def _since(place: Place, key: str, values: Values) -> Row:
    found = place.since(key, values)
    if found is None:
        return ("[c]",) * 6
    figures = (found.before, found.value, found.difference, found.low, found.high)
    return (*figures, WORDS[found.verdict])


def _participation(place: Place, truth: Truth) -> list[Row]:
    school = place.kind == "school"
    found: list[Row] = []
    for name, counts in (
        ("This school", place.participation),
        ("All schools", truth.borough.participation),
    ):
        if school and counts:
            opted = "[c]" if counts["opted_out"] is None else counts["opted_out"]
            found.append((name, counts["took_part"], counts["on_roll"], opted))
    for values, n in place.sizes(NOW).items():
        if values or not school:
            found.append((group_label(values), n, "[z]", "[z]"))
    return found


SHEETS: dict[str, Callable[[Place, Truth], list[Row]]] = {
    "Headlines": _headlines,
    "Scores": _scores,
    "Answers": _answers,
    "Groups": _groups,
    "Change": _change,
    "Participation": _participation,
}
