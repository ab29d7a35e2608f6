"""Every number that can be taken away is the number of its released cell, and nothing else is."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from html import unescape
from typing import Any

import pytest
from django.test import Client
from openpyxl import Workbook, load_workbook

from reports.disclosure.lattice import Group, Place, group_id, parse_group
from reports.disclosure.released import (
    AnswersCell,
    Comparison,
    HeadlineCell,
    Hidden,
    ReleasedCube,
    ScoreCell,
    Share,
)
from reports.models import Build
from reports.presenters import labels
from reports.presenters.outline import Headline, Part, Question, Score, outline
from reports.presenters.spreadsheet.notes import HIGH, LOW, marker
from tests import released
from tests.cast import Cast

ALDER, NORTH = "school:100001", "locality:north"
BOROUGH = f"borough:{released.BOROUGH}"
REPORT = "/reports/oakmere-2026/100001/"
RESULTS = "/results/oakmere-2026/"
TOPICS = outline(released.definition()).topics
HEADS: dict[str, Headline] = {head.label: head for t in TOPICS for head in t.headlines}
SCORES: dict[str, Score] = {score.title: score for t in TOPICS for score in t.scores}
QUESTIONS: dict[str, Question] = {q.text: q for t in TOPICS for q in t.questions}
NAMES = {name: f"{kind}:{key}" for (kind, key), name in released.names().items()}
MISSING = {"Skipped": -1, "Not reached": -2, "Not asked": -3}
Row = dict[str, Any]


def cube() -> ReleasedCube:
    return released.small_cube()


@cache
def book(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


@cache
def sheet(content: bytes, name: str) -> list[Row]:
    page = book(content)[name]
    (table,) = page.tables.values()
    header, *rows = [[cell.value for cell in row] for row in page[table.ref]]
    return [dict(zip(header, row, strict=True)) for row in rows]


def place_of(row: Row) -> str:
    """The place of a row; a school's own book has no column for it."""
    return NAMES[row["Area"]] if "Area" in row else ALDER


def group_of(row: Row) -> str:
    values = tuple(
        sorted(
            (dim, code)
            for dim, title in labels.DIMENSIONS.items()
            for code in ("8", "10", "F", "M", "yes", "no", "any", "none", "support", "plan")
            if row[title] != "All" and row[title] == labels.value(dim, code)
        )
    )
    kind, key = place_of(row).split(":")
    return group_id(Group(Place(kind, key), values))


def agrees(row: Row, group: str, measure: str, columns: tuple[str, ...]) -> str:
    """Asserts that n, value and ends are the cell's; says what kind of cell it was."""
    found = cube().cell(group, measure)
    shown = tuple(row[column] for column in columns)
    if isinstance(found, Hidden):
        assert set(shown) == {"[c]"}, (group, measure)
        return "hidden"
    assert not isinstance(found, AnswersCell)
    value = found.mean if isinstance(found, ScoreCell) else found.percent
    if value is None:
        assert isinstance(found, HeadlineCell)
        mark = "[high]" if found.label[0] in ">a" else "[low]"
        assert shown == (found.n, mark, mark, mark), (group, measure)
        return "label"
    assert shown == (found.n, value, found.low, found.high), (group, measure)
    return "number"


def share_of(found: AnswersCell, code: int) -> Share:
    return next(each for each in (*found.shares, *found.missing) if each.code == code)


def part_of(text: str) -> tuple[Question, Part]:
    """The question, or the box of a tick-all question, of a row's words."""
    if text in QUESTIONS and not QUESTIONS[text].many:
        return QUESTIONS[text], QUESTIONS[text].parts[0]
    return next(
        (question, part)
        for question in QUESTIONS.values()
        for part in question.parts
        if question.many and text == f"{question.text} {part.label}"
    )


def code_of(question: Question, part: Part, answer: str) -> int:
    if answer in MISSING:
        return MISSING[answer]
    if question.many:
        return {"Ticked": 1, "Not ticked": 0}[answer]
    return next(each.code for each in part.answers if each.label == answer)


@pytest.fixture
def alder(build: Build, cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.lead_a)
    return client


@pytest.fixture
def books(alder: Client) -> dict[str, bytes]:
    addresses = {"school": f"{REPORT}table.xlsx", "public": f"{RESULTS}table.xlsx"}
    return {name: alder.get(address).content for name, address in addresses.items()}


PLACES = {
    "school": {ALDER},
    "public": {p.id for p in released.small_cube().places() if p.kind != "school"},
}


@pytest.mark.parametrize("name", PLACES)
def test_headlines_and_scores_of_the_spreadsheet(books: dict[str, bytes], name: str) -> None:
    kinds = set()
    rows = sheet(books[name], "Headlines")
    assert len(rows) == len(PLACES[name]) * len(HEADS)
    columns = ("Answers", "Share (%)", "Likely range from (%)", "Likely range to (%)")
    for row in rows:
        kinds.add(agrees(row, place_of(row), HEADS[row["Pupils who"]].key, columns))
    assert kinds == ({"number"} if name == "school" else {"number", "hidden", "label"})
    rows = sheet(books[name], "Scores")
    assert len(rows) == len(PLACES[name]) * len(SCORES)
    for row in rows:
        score = SCORES[row["Score"]]
        columns = ("Answers", "Average", "Likely range from", "Likely range to")
        agrees(row, place_of(row), score.key, columns)
        found = cube().cell(place_of(row), score.key)
        sd = found.sd if isinstance(found, ScoreCell) and found.sd is not None else "[c]"
        ends = (row["Scale from"], row["Scale to"], row["Standard deviation"])
        assert ends == (score.low, score.high, sd)


def test_comparisons_of_the_school(books: dict[str, bytes]) -> None:
    words = {"higher": "Higher than", "lower": "Lower than", "same": "About the same as"}
    rows = [(HEADS[row["Pupils who"]].key, row) for row in sheet(books["school"], "Headlines")]
    rows += [(SCORES[row["Score"]].key, row) for row in sheet(books["school"], "Scores")]
    verdicts = set()
    for key, row in rows:
        found = cube().comparison(ALDER, key)
        columns = ("Other schools", "Difference", "Difference from", "Difference to", "Verdict")
        shown = tuple(row[column] for column in columns)
        if isinstance(found, Comparison):
            said = words[found.verdict] if found.verdict else "[z]"
            assert shown == (found.against, found.difference, found.low, found.high, said)
            verdicts.add(found.verdict)
        else:
            assert set(shown) == {"[c]"}
    assert {"higher", "same"} <= verdicts


@pytest.mark.parametrize("name", PLACES)
def test_groups_of_the_spreadsheet(books: dict[str, bytes], name: str) -> None:
    rows = sheet(books[name], "Groups")
    own = [g.id for g in cube().groups if g.values and g.place.id in PLACES[name]]
    assert {group_of(row) for row in rows} == set(own)
    assert len(rows) == len(own) * (len(HEADS) + len(SCORES))
    columns = ("Answers", "Figure", "Likely range from", "Likely range to")
    kinds = set()
    for row in rows:
        if row["Unit"] == "Average":
            key = SCORES[row["Measure"]].key
        else:
            assert row["Unit"] == "Share (%)"
            key = HEADS[row["Measure"]].key
        kinds.add(agrees(row, group_of(row), key, columns))
    assert kinds >= {"number", "hidden"}


@pytest.mark.parametrize("name", PLACES)
def test_answers_of_the_spreadsheet(books: dict[str, bytes], name: str) -> None:
    numbers = hidden = 0
    for row in sheet(books[name], "Answers"):
        question, part = part_of(row["Question"])
        found = cube().cell(place_of(row), part.key)
        if isinstance(found, Hidden):
            assert (row["Answer"], row["Share (%)"], row["Answers"]) == (
                "All answers",
                "[c]",
                "[c]",
            )
            hidden += 1
            continue
        assert isinstance(found, AnswersCell)
        code = code_of(question, part, row["Answer"])
        share = share_of(found, code)
        everybody = next(g.n for g in cube().groups if g.id == place_of(row))
        assert row["Answers"] == (everybody if code < 0 else found.n)
        if share.percent is None:
            assert row["Share (%)"] in {"[low]", "[high]"}
        else:
            assert row["Share (%)"] == share.percent
            numbers += 1
    assert numbers > 30
    assert (hidden > 0) == (name == "public")


def test_participation_of_the_spreadsheet(books: dict[str, bytes]) -> None:
    ours, everybody, *groups = [tuple(r.values()) for r in sheet(books["school"], "Participation")]
    assert ours[:4] == ("This school", 180, 240, "[c]")
    assert everybody[:4] == ("All schools", 700, 1200, 25)
    sizes = {labels.group(g.values): g.n for g in cube().groups if g.place.id == ALDER and g.values}
    assert {name: n for name, n, *_ in groups} == sizes
    for row in sheet(books["public"], "Participation"):
        sizes = {labels.group(g.values): g.n for g in cube().groups if g.place.id == place_of(row)}
        assert row["Took part"] == sizes[row["Group"]]
        assert (row["On the roll"], row["Opted out"]) == ("[z]", "[z]")


def test_every_marker_and_note_is_explained(books: dict[str, bytes]) -> None:
    for content in books.values():
        told = {row["Note"]: row["What it says"] for row in sheet(content, "Notes")}
        used = set()
        for name in ("Headlines", "Scores", "Answers", "Groups", "Participation"):
            for row in sheet(content, name):
                assert None not in row.values()
                words = [value for value in row.values() if isinstance(value, str)]
                used |= set(re.findall(r"\[[^\]]+\]", " ".join(words)))
        assert used
        assert used <= set(told)
        for row in sheet(content, "Headlines"):
            found = cube().cell(place_of(row), HEADS[row["Pupils who"]].key)
            if isinstance(found, Hidden):
                assert found.reason in [told[each] for each in re.findall(r"\[.*?\]", row["Notes"])]


@pytest.mark.parametrize(
    ("label", "mark"),
    [("<5 %", LOW), ("fewer than 3", LOW), (">95 %", HIGH), ("all but fewer than 3", HIGH)],
)
def test_markers_say_which_end(label: str, mark: str) -> None:
    assert marker(label) == mark


# The CSV behind each chart.


FROM, TO = "Likely range from", "Likely range to"


def links(client: Client, page: str) -> Iterator[tuple[str, list[Row]]]:
    """(chart key, rows) of every chart file in CSV that a page and its topics lead to."""
    html = client.get(page).content.decode()
    for more in sorted(set(re.findall(r'href="([^"]+/topics/[^"]+)"', html))):
        html += client.get(unescape(more)).content.decode()
    found = set(re.findall(r'href="([^"]+/charts/([\w-]+)\.csv[^"]*)"', html))
    assert found
    for link, key in sorted(found):
        response = client.get(unescape(link))
        assert response.status_code == 200, link
        yield key, list(csv.DictReader(io.StringIO(response.content.decode())))


def number(text: str) -> float | None:
    return float(text) if text else None


def is_cell(row: Row, group: str, measure: str, beside: str | None) -> None:
    """A row of dots: value, ends, and the figure beside it."""
    _, value, low, high, reference, shown = row.values()
    found = cube().cell(group, measure)
    assert isinstance(found, HeadlineCell | ScoreCell)
    own = found.mean if isinstance(found, ScoreCell) else found.percent
    assert (number(value), shown) == (own, "yes"), row
    if isinstance(found, ScoreCell):  # intervals are cut at the ends of the scale
        scale = next(s for s in SCORES.values() if s.key == measure)
        found_low, found_high = max(found.low, scale.low), min(found.high, scale.high)
    else:
        assert found.low is not None
        assert found.high is not None
        found_low, found_high = found.low, found.high
    assert (number(low), number(high)) == (found_low, found_high)
    other = cube().cell(beside, measure) if beside else None
    against = getattr(other, "mean", None) or getattr(other, "percent", None)
    assert number(reference) == against


def are_gaps(rows: list[Row], place: str, key: str) -> int:
    """Both ends of every gap are cells of the place, and the gap is their distance."""
    names = {labels.group(g.values): g.id for g in cube().groups if g.place.id == place}
    measure = next(m.key for m in HEADS.values() if key == f"c-gaps-{keyed(m.key)}")
    for row in rows:
        ends = [number(row[f"{which} percent"]) for which in ("First", "Second")]
        cells = [
            cube().cell(names[row[f"{which} group"]], measure) for which in ("First", "Second")
        ]
        assert ends == [cell.percent for cell in cells if isinstance(cell, HeadlineCell)], row
        low, gap, high = (float(row[f]) for f in (FROM, "Points apart", TO))
        assert gap == pytest.approx(abs(ends[0] - ends[1]), abs=0.11)
        assert low <= gap <= high
    return len(rows)


def keyed(measure: str) -> str:
    return measure.replace("_", "-")


def is_share(rows: list[Row], group: str) -> int:
    """Stacked bars: each share is one answer's; returns how many were numbers."""
    for row in rows:
        first = next(iter(row.values()))
        if row["Response"] in {"Ticked", "Not ticked"}:
            question = next(q for q in QUESTIONS.values() if q.many)
            part = next(p for p in question.parts if p.label == first)
            found = cube().cell(group, part.key)
            assert isinstance(found, AnswersCell)
            ticked = share_of(found, 1).percent
            assert ticked is not None
            own = ticked if row["Response"] == "Ticked" else round(100 - ticked, 4)
        else:
            text = re.sub(r" \(\d+ answers\)$", "", first)
            candidates = [QUESTIONS[text]] if text in QUESTIONS else list(QUESTIONS.values())
            own = next(iter(_own(candidates, row, first, group)), None)
        assert number(row["Percent"]) == own, row
    return len(rows)


def _own(candidates: list[Question], row: Row, first: str, group: str) -> Iterator[float | None]:
    """The share of an answer: by the question's words, or by its number of answers alone."""
    for question in candidates:
        part = question.parts[0]
        found = cube().cell(group, part.key)
        by_label = {each.label: each.code for each in part.answers}
        if isinstance(found, AnswersCell) and row["Response"] in by_label:
            own = share_of(found, by_label[row["Response"]]).percent
            exact = len(candidates) == 1 or first == f"{found.n} answers"
            if exact and own == number(row["Percent"]):
                yield own


@pytest.mark.parametrize("asked", [{}, {"sex": "F"}])
def test_charts_of_the_school(alder: Client, asked: dict[str, str]) -> None:
    values = tuple(asked.items())
    school, borough = (group_id(Group(parse_group(x).place, values)) for x in (ALDER, BOROUGH))
    query = "?sex=F" if asked else ""
    measures = {keyed(m.key): m.key for m in (*HEADS.values(), *SCORES.values())}
    seen = shares = 0
    for key, rows in links(alder, REPORT + query):
        bare = key.removeprefix("c-")
        if bare.startswith("gaps-"):
            assert are_gaps(rows, ALDER, key)
        elif bare.startswith(("groups-", "pairs-")):
            measure = measures[bare.partition("-")[2]]
            names = {labels.group(g.values): g for g in cube().groups if g.place.id == ALDER}
            for row in rows:
                found = names[row["Group"]]
                beside = group_id(Group(parse_group(BOROUGH).place, found.group.values))
                is_cell(row, found.id, measure, beside)
        elif bare in measures:
            (row,) = rows
            is_cell(row, school, measures[bare], borough)
        else:
            assert bare.startswith("answers-")
            shares += is_share(rows, school)
        seen += 1
    assert seen >= (12 if not asked else 4)
    assert shares > (20 if not asked else -1)


def test_charts_of_an_area_and_of_the_dashboard(alder: Client) -> None:
    gaps = 0
    for key, rows in links(alder, f"{RESULTS}locality/north/"):
        if key.startswith("c-gaps-"):
            gaps += are_gaps(rows, NORTH, key)
            continue
        for row in rows:
            label = row["Pupils who …"]
            is_cell(row, NORTH, HEADS[f"{label[0].lower()}{label[1:]}"].key, BOROUGH)
    assert gaps
    withheld = 0
    for topic in ("sleep_topic", "mood_topic"):
        (head,) = next(t for t in TOPICS if t.key == topic).headlines
        for key, rows in links(alder, f"{RESULTS}?topic={topic}"):
            if key == f"c-wards-{keyed(head.key)}":
                for row in rows:
                    cell = cube().cell(NAMES[row["Ward"]], head.key)
                    own = cell.percent if isinstance(cell, HeadlineCell) else None
                    assert number(row["Share of pupils"]) == own
                    assert (row["Shown"] == "yes") == (own is not None)
                    withheld += own is None
            elif key == f"c-localities-{keyed(head.key)}":
                for row in rows:
                    is_cell(row, NAMES[row["Locality"]], head.key, BOROUGH)
            elif key.startswith("c-gaps-"):
                assert are_gaps(rows, BOROUGH, key)
            else:
                names = {labels.group(g.values): g for g in cube().groups if g.place.id == BOROUGH}
                for row in rows:
                    is_cell(row, names[row["Group"]].id, head.key, None)
    assert withheld


# The tables of data.


def fetched(client: Client, address: str) -> list[Row]:
    response = client.get(address)
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.content.decode())))


def expected(place: str) -> Iterator[tuple[Any, ...]]:
    """Every number of a place as a row of data: measure, answer, n, value, low, high, sd."""
    for group, cells in cube().cells.items():
        if parse_group(group).place.id != place:
            continue
        for measure, cell in cells.items():
            if isinstance(cell, AnswersCell):
                for share in (*cell.shares, *cell.missing):
                    answer = {-1: "skipped", -2: "not reached", -3: "not asked"}.get(share.code)
                    code = answer or str(share.code)
                    yield group, measure, code, cell.n, share.percent, None, None, None
            elif isinstance(cell, ScoreCell):
                yield group, measure, "", cell.n, cell.mean, cell.low, cell.high, cell.sd
            else:
                yield group, measure, "", cell.n, cell.percent, cell.low, cell.high, None


def told(row: Row) -> tuple[Any, ...]:
    group = "|".join([f"{row['place_kind']}:{row['place']}", *_split(row)])
    numbers = (number(row[name]) for name in ("value", "low", "high", "sd"))
    return (group, row["measure"], row["answer"], int(row["n"]), *numbers)


def _split(row: Row) -> list[str]:
    sen = "sen_detail" if row["sen"] in {"support", "plan"} else "sen"
    pairs = {"year_group": "year_group", "sex": "sex", "fsm": "fsm", "sen": sen}
    return sorted(f"{dim}={row[name]}" for name, dim in pairs.items() if row[name] != "all")


@pytest.mark.parametrize(
    ("address", "place"),
    [
        (f"{REPORT}table.csv", ALDER),
        (f"{RESULTS}data/results.csv", NORTH),
        (f"{RESULTS}data/results.csv", "ward:W0"),
        (f"{RESULTS}data/results.csv", BOROUGH),
    ],
)
def test_the_data_are_the_cells_and_all_of_them(
    files: Build, alder: Client, address: str, place: str
) -> None:
    rows = [
        row for row in fetched(alder, address) if f"{row['place_kind']}:{row['place']}" == place
    ]
    # "None" of either kind of SEN is one word in the file, and the same pupils.
    cells = [(g.replace("sen_detail=none", "sen=none"), *rest) for g, *rest in expected(place)]
    assert Counter(told(row) for row in rows) == Counter(cells)


def test_the_map_of_areas_holds_headlines_and_no_hidden_one(alder: Client) -> None:
    found = alder.get(f"{RESULTS}data/areas.geojson").json()["features"]
    assert {each["id"] for each in found} == {
        p.key for p in cube().places() if p.kind == "ward"
    }  # only wards have boundaries here
    nothing = 0
    for each in found:
        for head in HEADS.values():
            cell = cube().cell(f"ward:{each['id']}", head.key)
            own = cell.percent if isinstance(cell, HeadlineCell) else None
            assert each["properties"][head.key] == own
            nothing += own is None
    assert nothing
