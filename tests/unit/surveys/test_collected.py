"""Responses from another tool: read exactly, and faults named by row and column."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.coding import coded
from surveys.collected import Collected, MappingErrors, read_mapping, read_responses
from surveys.definition import Questionnaire, load, parse
from surveys.scoring import score_frame

ROOT = Path(__file__).parents[3]
SHIPPED = ROOT / "surveys" / "questionnaires"
DEVON = ROOT / "../shared/data/devon"

needs_devon = pytest.mark.skipif(
    not (DEVON / "responses.csv").exists(),
    reason="the Devon data (../shared/data/devon beside the repository) is not here",
)

MAPPING: dict[str, Any] = {
    "questionnaire": "tick-all",
    "version": "1",
    "format": "csv",
    "record": "id",
    "blanks": ["", "NA"],
    "items": {
        "colours": {
            "ticks": {"1": "Red", "2": "Blue", "3": "Green"},
            "ticked": ["1", "Yes"],
            "unticked": ["0", "No"],
        },
        "why_blue": {"column": "Why blue?", "recode": {"Yes": 1, "No": 0}},
    },
    "demographics": {
        "school": {"column": "School", "values": {"A": "100001"}},
        "year_group": "Year",
    },
}
HEADING = "id,Red,Blue,Green,Why blue?,School,Year"


@pytest.fixture(scope="module")
def ticks() -> Questionnaire:
    return load(ROOT / "tests" / "questionnaires" / "tick_all.json")


def read(
    tmp_path: Path,
    definition: Questionnaire,
    *lines: str,
    heading: str = HEADING,
    **mapping: Any,
) -> Collected:
    file = tmp_path / "responses.csv"
    file.write_text("\n".join([heading, *lines]) + "\n", encoding="utf-8-sig")
    return read_responses(file, read_mapping({**MAPPING, **mapping}), definition)


def faults(collected: Collected) -> list[tuple[int, str]]:
    return [(problem.row, problem.column) for problem in collected.problems]


def test_rows_become_answers_and_groups(tmp_path: Path, ticks: Questionnaire) -> None:
    lines = ("1,1,Yes,0,No,A,8", "2,0,0,0,NA,,10", '3,,,,"","A",')
    found = read(tmp_path, ticks, *lines)
    assert found.problems == ()
    assert [(row.record, row.answers, row.demographics) for row in found.rows] == [
        ("1", {"colours": [1, 2], "why_blue": 0}, {"school": "100001", "year_group": "8"}),
        ("2", {}, {"school": None, "year_group": "10"}),
        ("3", {}, {"school": "100001", "year_group": None}),
    ]


def test_faults_name_row_and_column_and_keep_the_row_out(
    tmp_path: Path, ticks: Questionnaire
) -> None:
    found = read(
        tmp_path,
        ticks,
        "1,1,0,0,No,A,8",
        "2,maybe,0,0,No,A,8",
        "3,1,0,0,Perhaps,A,8",
        "4,1,0,0,No,Z,8",
        "1,1,0,0,No,A,8",
        ",1,0,0,No,A,8",
        "7,1,0",
    )
    assert faults(found) == [
        (3, "Red"),
        (4, "Why blue?"),
        (5, "School"),
        (6, "id"),
        (7, "id"),
        (8, ""),
    ]
    assert "row 2" in found.problems[3].message
    assert [row.record for row in found.rows] == ["1"]


def test_codes_outside_the_definition_are_faults(tmp_path: Path) -> None:
    questionnaire = load(ROOT / "tests" / "questionnaires" / "scale_reversed.json")
    mapping = {
        "questionnaire": "scale-reversed",
        "items": {},
        "demographics": {},
        "same_names": True,
    }
    lines = ("1,5,3.0", "2,6,3", "3,True,3", "4,2.5,-1")
    found = read(tmp_path, questionnaire, *lines, heading="id,good,bad", **mapping)
    assert found.rows[0].answers == {"good": 5, "bad": 3}  # a spreadsheet's 3.0 is a 3
    assert faults(found) == [(3, "good"), (4, "good"), (5, "good"), (5, "bad")]


def test_absent_and_doubled_columns_are_named(tmp_path: Path, ticks: Questionnaire) -> None:
    found = read(tmp_path, ticks, "1,1,0", heading="id,Red,Red,Green")
    assert found.rows == ()
    assert faults(found) == [(1, "School"), (1, "Year"), (1, "Red"), (1, "Blue"), (1, "Why blue?")]


def test_a_mapping_must_fit_the_questionnaire(tmp_path: Path, ticks: Questionnaire) -> None:
    found = read(tmp_path, ticks, version="2")
    assert "not tick-all 1" in found.problems[0].message
    strange = {"colours": "Red", "ghost": "Blue", "why_blue": {"column": "Y", "recode": {"a": 5}}}
    found = read(tmp_path, ticks, items=strange)
    assert sorted(faults(found)) == [(0, "colours"), (0, "ghost"), (0, "why_blue")]
    found = read(tmp_path, ticks, items={"colours": MAPPING["items"]["colours"]})
    assert faults(found) == [(0, "why_blue")]


def test_an_item_may_be_declared_absent(tmp_path: Path, ticks: Questionnaire) -> None:
    items = {"colours": MAPPING["items"]["colours"]}
    found = read(tmp_path, ticks, "1,1,0,0,No,A,8", items=items, absent=["why_blue"])
    assert found.problems == ()
    assert found.rows[0].answers == {"colours": [1]}


def test_the_upn_is_handed_on_and_never_printed(tmp_path: Path, ticks: Questionnaire) -> None:
    line = "1,1,0,0,No,A,8,B801200005001"
    found = read(tmp_path, ticks, line, heading=HEADING + ",UPN", upn="UPN")
    assert found.rows[0].upn == "B801200005001"
    assert "B801" not in repr(found)


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00\x01", b"id,Red\0", b'id,"Red', b"PK\x03\x04"]
)
def test_a_file_that_is_no_table_is_one_clear_problem(
    tmp_path: Path, ticks: Questionnaire, content: bytes
) -> None:
    file = tmp_path / "file.csv"
    file.write_bytes(content)
    found = read_responses(file, read_mapping(MAPPING), ticks)
    assert found.rows == ()
    assert found.problems


@given(content=st.binary(max_size=200))
def test_any_bytes_give_problems_and_never_an_error(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.csv"
    file.write_bytes(HEADING.encode() + b"\n" + content)
    questionnaire = load(ROOT / "tests" / "questionnaires" / "tick_all.json")
    found = read_responses(file, read_mapping(MAPPING), questionnaire)
    assert all(set(row.answers) <= {"colours", "why_blue"} for row in found.rows)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"record": None}, "record"),
        ({"format": "xlsx"}, "format"),
        ({"encoding": "klingon"}, "encoding"),
        ({"encoding": "hex"}, "encoding"),
        ({"delimiter": "||"}, "delimiter"),
        ({"surprise": 1}, "surprise"),
        ({"items": {"a": {"column": "A", "recode": {"x": True}}}}, "a"),
        ({"items": {"a": 7}}, "a"),
        ({"items": {"a": {"ticks": {"one": "A"}}}}, "a"),
        ({"demographics": {"shoe_size": "S"}}, "shoe_size"),
        ({"demographics": {"fsm": {"column": "F", "values": {"1": True}}}}, "fsm"),
    ],
)
def test_a_mapping_that_makes_no_sense_is_refused(change: dict[str, Any], place: str) -> None:
    with pytest.raises(MappingErrors) as caught:
        read_mapping({**MAPPING, **change})
    assert [problem.column for problem in caught.value.problems] == [place]


def test_a_mapping_must_be_an_object() -> None:
    with pytest.raises(MappingErrors):
        read_mapping([1])


# Devon ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def devon() -> tuple[Questionnaire, Collected]:
    questionnaire = load(SHIPPED / "devon-beewell-2023.json")
    text = (SHIPPED / "devon-beewell-2023.mapping.json").read_text("utf-8")
    mapping = read_mapping(json.loads(text))
    return questionnaire, read_responses(DEVON / "responses.csv", mapping, questionnaire)


@needs_devon
def test_every_devon_row_is_read(devon: tuple[Questionnaire, Collected]) -> None:
    _, collected = devon
    assert collected.problems == ()
    assert len(collected.rows) == 800
    first = collected.rows[0]
    assert first.answers["gender"] == 4
    assert first.answers["places_barriers"] == [1, 6, 8]
    assert first.demographics == {"school": "E", "year_group": "10", "fsm": "no", "sen": "none"}


@needs_devon
def test_devon_topic_scores_are_reproduced(devon: tuple[Questionnaire, Collected]) -> None:
    """n, mean and SD of 12 scores, by school and over all, as another team computed them."""
    questionnaire, collected = devon
    assert len(questionnaire.scales) == 32
    rows = [coded(questionnaire, r.answers, r.demographics["year_group"]) for r in collected.rows]
    scores = score_frame(questionnaire, pd.DataFrame(rows))
    schools = pd.Series([row.demographics["school"] for row in collected.rows])
    expected = pd.read_csv(DEVON / "expected_topic_scores.csv")
    assert len(expected) == 96
    for line in expected.itertuples():
        here = (
            scores[line.topic]
            if line.school == "all"
            else scores[line.topic][schools == line.school]
        )
        found = here.dropna()
        assert len(found) == line.n, line
        assert found.mean() == pytest.approx(line.mean, abs=1e-6), line
        assert found.std() == pytest.approx(line.sd, abs=1e-6), line


@needs_devon
def test_questions_that_were_routed_away_are_not_asked(
    devon: tuple[Questionnaire, Collected],
) -> None:
    questionnaire, collected = devon
    for row in collected.rows:
        cells = coded(questionnaire, row.answers, row.demographics["year_group"])
        talked = row.answers.get("staff_talk") == 1
        assert (cells["staff_talk_listen"] == -3) == (not talked)
        assert (cells["staff_talk_if"] == -3) == talked


def test_the_devon_definition_is_a_document_of_its_own() -> None:
    document = json.loads((SHIPPED / "devon-beewell-2023.json").read_text("utf-8"))
    assert parse(document).wording.status == "stand-in"
