"""Tables of data: every released number of a place once, in the files and in the API."""

import csv
import hashlib
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from schools.models import Area
from tests.flow.every_number.account import Account
from tests.flow.every_number.answers import options
from tests.flow.every_number.truth import NOW, Place, Truth
from tests.flow.every_number.words import (
    HEADS,
    ITEMS,
    MISSING,
    SCALES,
    THEMES,
    TOPICS,
    name_of,
    numbers,
)

Row = tuple[str, ...]
GROUP = ("place_kind", "place", "year_group", "sex", "fsm", "sen")
RESULTS = (
    *GROUP, "pupils", "measure", "kind", "answer", "n", "value", "unit", "low", "high", "sd",
    "shown",
)  # fmt: skip
CHANGES = (
    *GROUP, "measure", "kind", "unit", "n", "value", "before_n", "before", "change", "low", "high",
    "schools", "verdict",
)  # fmt: skip


def text(value: object) -> str:
    """As a file has it: nothing for nothing, and 45.0 like 45."""
    if value is None:
        return ""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return f"{value:.10g}" if is_number else str(value)


def group_columns(group: str) -> Row:
    place, *pairs = group.split("|")
    kind, key = place.split(":")
    values = dict(pair.split("=") for pair in pairs)
    sen = values.get("sen_detail") or values.get("sen", "all")
    return (kind, key, *(values.get(dim, "all") for dim in ("year_group", "sex", "fsm")), sen)


def results(place: Place, *, own: bool = False) -> Iterator[Row]:
    """Every number of a document as a row. own: without the borough's beside it."""
    document = place.documents[NOW]
    for group, pupils in document["groups"]:
        if own and group.split("|")[0] != place.group():
            continue
        for measure, cell in document["cells"].get(group, {}).items():
            for columns in cell_columns(cell):
                first = (*group_columns(group), pupils, measure)
                yield tuple(text(each) for each in (*first, *columns))


def cell_columns(cell: list[Any]) -> Iterator[tuple[Any, ...]]:
    """(kind, answer, n, value, unit, low, high, sd, shown)."""
    kind, n, *rest = cell
    if kind == "h":
        _, percent, low, high, label = rest
        yield "headline", None, n, percent, "percent", low, high, None, label
    elif kind == "s":
        mean, sd, low, high = rest
        yield "score", None, n, mean, "score", low, high, sd, f"{mean:g}"
    else:
        for code, percent, label in (*rest[0], *rest[1]):
            answer = MISSING.get(code, code)
            yield "answer", answer, n, percent, "percent", None, None, None, label


def changes(place: Place) -> Iterator[Row]:
    document = place.documents[NOW]
    for group, row in document["since"].items():
        if group.split("|")[0] != place.group():
            continue
        for measure, (n, value, before_n, before, difference, low, high, *rest) in row.items():
            *_, verdict, schools = rest
            kind, unit = ("headline", "percent") if measure in HEADS else ("score", "score")
            figures = (n, value, before_n, before, difference, low, high, schools, verdict)
            first = (*group_columns(group), measure, kind, unit)
            yield tuple(text(each) for each in (*first, *figures))


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


def rows_of(found: Iterable[Mapping[str, Any]], columns: Row) -> Counter[Row]:
    """Rows of a file or an answer; a number in a file is read as one."""
    return Counter(tuple(_plain(row[column]) for column in columns) for row in found)


def _plain(value: Any) -> str:
    try:
        return text(float(value)) if isinstance(value, str) else text(value)
    except ValueError:
        return text(value)


def same_rows(
    account: Account,
    kind: str,
    found: list[Mapping[str, Any]],
    expected: Iterable[Row],
    columns: Row,
) -> None:
    wanted = Counter(tuple(_plain(each) for each in row) for row in expected)
    shown = rows_of(found, columns)
    extra, lacking = list((shown - wanted).items()), list((wanted - shown).items())
    account.agree(kind, not extra and not lacking, extra[:3], lacking[:3])
    for row in found[:1]:
        account.same(f"{kind}: columns", set(row), set(columns))
    account.seen[f"{kind}: rows"] += len(found)


def table_csv(account: Account, content: bytes, place: Place) -> None:
    same_rows(account, "table of a place", read(content), results(place), RESULTS)


# The open data


def open_data(account: Account, name: str, content: bytes, truth: Truth) -> None:
    """One file of the package. Raises KeyError for a file that has no rule."""
    OPEN_DATA[name](account, content, truth)


def _results(account: Account, content: bytes, truth: Truth) -> None:
    expected = [row for place in truth.public for row in results(place, own=True)]
    same_rows(account, "results.csv", read(content), expected, RESULTS)


def _changes(account: Account, content: bytes, truth: Truth) -> None:
    same_rows(account, "changes.csv", read(content), changes(truth.borough), CHANGES)


def _places(account: Account, content: bytes, truth: Truth) -> None:
    expected = [(p.kind, p.key, p.name, str(p.sizes()[()])) for p in truth.public]
    columns = ("place_kind", "place", "name", "pupils")
    same_rows(account, "places.csv", read(content), expected, columns)


def _not_shown(account: Account, content: bytes, truth: Truth) -> None:
    expected = [(p.kind, p.key, *each) for p in truth.public for each in p.hidden]
    columns = ("place_kind", "place", "split_by", "measure", "reason")
    same_rows(account, "not-shown.csv", read(content), expected, columns)


def _not_compared(account: Account, content: bytes, truth: Truth) -> None:
    apart = truth.borough.documents[NOW]["apart"]
    expected = [(key, why) for why, keys in apart.items() for key in keys]
    same_rows(account, "not-compared.csv", read(content), expected, ("measure", "reason"))


def parts(item: str) -> list[tuple[str, str, dict[int, str]]]:
    """(column, words, answers by code) of a question, or of each box of it."""
    if ITEMS[item]["type"] != "multi":
        return [(f"q.{item}", ITEMS[item]["text"], options(item))]
    ticked = {0: "no", 1: "yes"}
    words = ITEMS[item]["text"]
    return [
        (f"q.{item}__{each['code']}", f"{words} {each['label']}", ticked)
        for each in ITEMS[item]["options"]
    ]


def _answers(account: Account, content: bytes, _truth: Truth) -> None:
    expected = [
        (column, str(code))
        for topic in TOPICS
        for item in topic["items"]
        for column, _, answers in parts(item)
        for code in answers
    ]
    found = Counter((row["measure"], row["answer"]) for row in read(content))
    account.same("answers.csv", found, Counter(expected))
    words = {(row["measure"], row["answer"]): row["words"] for row in read(content)}
    for item in ITEMS:
        if ITEMS[item]["type"] != "multi" and (f"q.{item}", "1") in words:
            for code, label in options(item).items():
                account.same("answers.csv: words", words[f"q.{item}", str(code)], label)


def _measures(account: Account, content: bytes, _truth: Truth) -> None:
    """What each measure is; thresholds and ends of scales are the questionnaire's."""
    found = {row["measure"]: row for row in read(content)}
    expected: dict[str, Row] = {}
    for topic in TOPICS:
        where = (THEMES[topic["theme"]], topic["title"])
        for head in topic["headlines"]:
            at = f">={head['meets']['min']}"
            expected[head["key"]] = ("headline", *where, name_of(head["key"]), at, "0", "100")
        if "scale" in topic:
            scale = SCALES[topic["scale"]]
            ends = (str(end) for end in scale["range"])
            expected[scale["key"]] = ("score", *where, scale["title"], "", *ends)
        for item in topic["items"]:
            for column, words, _ in parts(item):
                expected[column] = ("answer", *where, words, "", "", "")
    columns = ("kind", "theme", "topic", "words", "threshold", "scale_low", "scale_high")
    told = {key: tuple(_plain(row[column]) for column in columns) for key, row in found.items()}
    account.same("measures.csv", told, expected)
    years = {row["year_groups"] for row in found.values()}
    account.same("measures.csv: years", years, {"8 10", ""})


def _areas(account: Account, content: bytes, truth: Truth) -> None:
    """Headlines on the map: the boundaries are the council's, the figures the documents'."""
    for feature in json.loads(content)["features"]:
        told = dict(feature["properties"])
        account.same("areas.geojson: vintage", told.pop("vintage"), truth.vintage)
        place = truth.places[told.pop("place_kind"), told.pop("place")]
        figures = {key: place.figure(key) for key in HEADS}
        expected = {key: found.value if found else None for key, found in figures.items()}
        about = {"name": place.name, "pupils": place.sizes()[()]}
        account.same("areas.geojson", told, {**expected, **about})
        area = Area.objects.get(kind=place.kind, code=feature["id"])
        rings = (each["coordinates"] for each in (feature["geometry"], area.boundary))
        account.same("areas.geojson: boundary", *(sorted(map(tuple, ring[0])) for ring in rings))


def _package(account: Account, content: bytes, truth: Truth) -> None:
    """What describes the files: their sizes and marks are held against them by `package_files`."""
    found = json.loads(content)
    build, event = truth.build, truth.build.wave.publication_events.get()
    day = f"{event.at:%Y-%m-%d}"
    log = {"day": day, "kind": "First release", "note": event.note, "release": str(build.pk)}
    expected = {
        "id": str(build.pk), "version": str(build.pk)[:8], "name": build.wave.key,
        "created": f"{day}T00:00:00Z", "releases": [log],
    }  # fmt: skip
    account.same("datapackage.json", {name: found[name] for name in expected}, expected)
    for words in _told([found["title"], found["description"], found["sources"]]):
        account.same("datapackage.json: words", numbers(words, truth.names), [])
    for words in _told(found["resources"]):  # "95 times in 100", "such as <5 %"
        if not words.startswith(("sha256:", "http")):
            known = {"95", "100", "<5", "8", truth.vintage}
            allowed = set(numbers(words, truth.names)) <= known
            account.agree("datapackage.json: words", allowed, words, "no figure")


def _told(found: Any) -> Iterator[str]:
    """All words of a document."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict | list):
        for each in found.values() if isinstance(found, dict) else found:
            yield from _told(each)


def package_files(account: Account, package: bytes, files: Mapping[str, bytes]) -> None:
    """Size and mark of every file that the package names."""
    for each in json.loads(package)["resources"]:
        content = files[each["path"]]
        mark = f"sha256:{hashlib.sha256(content).hexdigest()}"
        account.same("package", (each["bytes"], each["hash"]), (len(content), mark))


OPEN_DATA = {
    "results.csv": _results,
    "changes.csv": _changes,
    "places.csv": _places,
    "not-shown.csv": _not_shown,
    "not-compared.csv": _not_compared,
    "answers.csv": _answers,
    "measures.csv": _measures,
    "areas.geojson": _areas,
    "datapackage.json": _package,
}
