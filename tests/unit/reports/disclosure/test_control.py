"""From a raw cube to a released one: what is shown, and what is not."""

import ast
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import reports.disclosure
from reports.disclosure.between import between_schools
from reports.disclosure.cells import extreme, headline_cell, score_cell
from reports.disclosure.comparisons import compare
from reports.disclosure.control import control
from reports.disclosure.lattice import Group, Place, membership, parse_group
from reports.disclosure.released import (
    AnswersCell,
    Comparison,
    HeadlineCell,
    Hidden,
    ReleasedCube,
    ScoreCell,
)
from reports.disclosure.rules import STANDARD
from reports.disclosure.sums import Sums
from reports.stats.cube import count
from reports.stats.means import summary, welch
from reports.stats.measures import HeadlineMeasure, Measures, ScoreMeasure
from reports.stats.verdicts import STANDARD as VERDICT
from tests.unit.reports.disclosure.town import DIMS, MEASURES, answered, counted, town

TABLE = answered(town(pupils=1200))
SCHOOL = "school:100000"


@pytest.fixture(scope="module")
def proofs():
    return control(counted(TABLE), STANDARD, MEASURES, authority="B")[1].certificates


# Made anew for every test: who tries mutants asks which tests a line touches.
@pytest.fixture
def released(proofs) -> ReleasedCube:
    return control(counted(TABLE), STANDARD, MEASURES, authority="B", proofs=proofs)[0]


def pupils(group: str):
    return TABLE[membership(TABLE, [parse_group(group)])[:, 0]]


@pytest.mark.parametrize("group", ["borough:B", SCHOOL, f"{SCHOOL}|sex=F|year_group=8"])
def test_a_headline_is_the_share_of_valid_answers(released, group):
    found, flags = released.cell(group, "active"), pupils(group)["active"].dropna()
    assert isinstance(found, HeadlineCell)
    assert (found.n, found.count) == (len(flags), flags.sum())
    assert found.percent == pytest.approx(100 * flags.mean(), abs=0.05)
    assert found.low < found.percent < found.high


@pytest.mark.parametrize("group", ["borough:B", SCHOOL, f"{SCHOOL}|sex=F|year_group=8"])
def test_a_score_is_the_mean_of_those_scored(released, group):
    found, values = released.cell(group, "scale"), pupils(group)["scale"].dropna()
    assert isinstance(found, ScoreCell)
    assert found.n == len(values)
    assert found.mean == pytest.approx(values.mean(), abs=0.0501)
    assert found.sd == pytest.approx(values.std(), abs=0.0501)


def test_answers_are_shares_of_those_who_answered(released):
    found, answers = released.cell(SCHOOL, "mood"), pupils(SCHOOL)["mood"]
    assert isinstance(found, AnswersCell)
    assert found.n == (answers > 0).sum()
    expected = {c: 100 * (answers == c).sum() / found.n for c in (1, 2, 3)}
    assert {s.code: s.percent for s in found.shares} == pytest.approx(expected, abs=0.0501)
    assert [share.code for share in found.missing] == [-1, -2, -3]
    assert found.missing[1].label == "<5 %"


def test_ward_numerators_are_multiples_of_three(released):
    wards = [g.id for g in released.groups if g.place.kind == "ward"]
    counts = [
        cell.count
        for ward in wards
        if isinstance(cell := released.cell(ward, "active"), HeadlineCell)
    ]
    assert counts
    assert all(count % 3 == 0 for count in counts)
    exact = [int(pupils(ward)["active"].sum()) for ward in wards]
    assert any(count % 3 for count in exact)


def test_full_answers_only_where_groups_are_large(released):
    for group in released.groups:
        place = (group.place.kind, tuple(group.values))
        shown = isinstance(released.cell(group.id, "mood"), AnswersCell)
        assert shown == (place in STANDARD.answers_at)


def test_a_rare_headline_is_kept_to_the_same_places(released):
    for group in released.groups:
        shown = isinstance(released.cell(group.id, "rare"), HeadlineCell)
        assert shown == ((group.place.kind, tuple(group.values)) in STANDARD.answers_at)


def test_sensitive_subjects_stay_at_the_top(released):
    for group in released.groups:
        shown = not isinstance(released.cell(group.id, "harm"), Hidden)
        dims = set(group.values)
        allowed = group.place.kind in {"school", "locality", "borough"} and not dims
        allowed |= group.place.kind == "borough" and dims in ({"sex"}, {"year_group"})
        assert shown == allowed
    assert "sensitive" in released.cell("ward:W1", "harm").reason


def test_a_question_of_one_year_is_not_shown_of_the_other(released):
    assert isinstance(released.cell(SCHOOL, "tenth"), AnswersCell)
    assert isinstance(released.cell(f"{SCHOOL}|year_group=8", "tenth"), Hidden)


def test_a_routed_question_has_its_own_certificate():
    _, report = control(counted(TABLE), STANDARD, MEASURES, authority="B")
    routed = report.certificates[frozenset({"10"})]
    assert routed.profiles < report.certificates[None].profiles
    hidden = {(b.id, key) for b, key, _ in report.hidden}
    asked_too_few = {b.id for b in report.certificates[None].kept} - {b.id for b in routed.kept}
    assert all((each, "tenth") in hidden for each in asked_too_few)


def test_a_breakdown_with_too_few_answers_is_withheld_whole():
    table = TABLE.copy()
    girls = (table["school"] == "100000") & (table["sex"] == "F")
    table.loc[table.index[girls][9:], "active"] = np.nan
    cube, _ = control(counted(table), STANDARD, MEASURES, authority="B", certified=False)
    for sex in "FM":
        hidden = cube.cell(f"{SCHOOL}|sex={sex}", "active")
        assert hidden == Hidden("A group has fewer than 10 answers.")
    assert isinstance(cube.cell(f"{SCHOOL}|sex=F", "scale"), ScoreCell)


@pytest.mark.parametrize("met", [1, 3])
def test_a_split_that_needs_a_label_is_left_out(met):
    table = TABLE.copy()
    girls = table.index[(table["school"] == "100000") & (table["sex"] == "F")]
    table.loc[girls, "active"] = 0.0
    table.loc[girls[:met], "active"] = 1.0
    cube, report = control(counted(table), STANDARD, MEASURES, authority="B", certified=False)
    told = {(b.id, key): reason for b, key, reason in report.hidden}
    for sex in "FM":
        cell = cube.cell(f"{SCHOOL}|sex={sex}", "active")
        assert isinstance(cell, HeadlineCell) is (met == 3)
    assert ("Fewer than 3" in told.get((f"{SCHOOL}|sex", "active"), "")) is (met == 1)
    # The main tables have labels instead.
    assert isinstance(cube.cell(SCHOOL, "active"), HeadlineCell)


@pytest.mark.parametrize("count", [0, 1, 2])
@pytest.mark.parametrize(("n", "label"), [(12, "fewer than 3"), (40, "fewer than 3"), (41, "<5 %")])
def test_a_hidden_numerator_looks_the_same_whatever_it_hides(count, n, label):
    assert headline_cell(count, n, "school", STANDARD) == HeadlineCell(n, *[None] * 4, label)
    assert extreme(n - count, n, STANDARD) in {">95 %", "all but fewer than 3"}


def test_a_label_of_under_five_percent_is_true():
    for n in range(10, 400):
        for met in range(n + 1):
            if extreme(met, n, STANDARD) == "<5 %":
                assert met / n < 0.05


def test_the_sd_of_a_small_group_cannot_be_worked_out():
    measure = ScoreMeasure(0, 40)
    cells = [score_cell(summary(29, 20.0, sd), 5.0, measure, STANDARD) for sd in (1.0, 9.0)]
    assert cells[0] == cells[1]
    assert cells[0].sd is None
    assert score_cell(summary(30, 20.0, 9.0), 5.0, measure, STANDARD).sd == 9.0
    assert isinstance(score_cell(summary(30, 39.97, 0.1), 5.0, measure, STANDARD), Hidden)


def test_a_school_is_compared_with_all_pupils_elsewhere(released):
    found = released.comparison(SCHOOL, "scale")
    here = TABLE["school"] == "100000"
    sides = [TABLE.loc[side, "scale"].dropna() for side in (here, ~here)]
    test = welch(*(summary(len(side), side.mean(), side.std()) for side in sides))
    assert found.against_n == len(sides[1])
    assert found.difference == pytest.approx(float(test.difference), abs=0.0501)
    assert found.p == pytest.approx(float(test.p), abs=1e-4)
    assert found.p_adjusted >= found.p


def _sums(own, whole):
    """A school and a borough of five schools with one headline or one score."""
    groups = (Group(Place("school", "A")), Group(Place("borough", "B")))
    headline = len(own) == 2
    return Sums(
        measures={"x": HeadlineMeasure() if headline else ScoreMeasure(0, 40)},
        borough=groups[1],
        row={group: row for row, group in enumerate(groups)},
        sizes=np.array([own[0], whole[0]]),
        schools=np.array([1, 5]),
        codes={},
        columns={"x": np.array([own, whole], dtype=float)},
    )


def _compared(own, whole):
    found = compare(_sums(own, whole), Group(Place("school", "A")), ["x"], STANDARD, VERDICT)
    return found.get("x")


def test_comparisons_are_those_worked_by_hand():
    """The school of docs/statistics.md: 85 of 2,287 pupils."""
    assert _compared((85, 30), (2287, 1186)) == Comparison(
        85, 35.3, 2202, 52.5, -17.2, -26.8, -6.4, 0.0018, 0.0018, -17.2, "lower"
    )
    assert _compared((85, 1904, 44_667), (2287, 53_651, 1_317_970)) == Comparison(
        85, 22.4, 2202, 23.5, -1.1, -2.2, -0.0, 0.0455, 0.0455, -0.22, "lower"
    )


def test_a_small_groups_sd_does_not_show_in_its_comparison():
    # Twenty pupils with a mean of 20, alike or far apart; the borough's figures are the same.
    alike, apart = 20 * 400 + 1, 20 * 400 + 2000
    whole = (300, 6000, 300 * 400 + 7000)
    assert _compared((20, 410, alike), whole) == _compared((20, 410, apart), whole)
    many = (45, 1000, 45 * 500), (45, 1000, 45 * 600)
    assert _compared(many[0], whole) != _compared(many[1], whole)


@pytest.mark.parametrize(
    ("own", "whole", "shown"),
    [
        ((100, 20), (500, 90), True),
        ((100, 2), (500, 90), False),
        ((100, 98), (500, 300), False),
        ((100, 20), (500, 22), False),  # two elsewhere
        ((100, 20), (500, 419), False),  # all but one elsewhere
        ((100, 20), (500, 23), True),
    ],
)
def test_no_side_of_a_comparison_is_near_nought(own, whole, shown):
    assert (_compared(own, whole) is not None) == shown


def test_a_part_at_the_end_of_the_scale_withholds_the_whole_breakdown():
    """One part's cell beside the total would give the hidden part away."""
    table = TABLE.copy()
    girls = (table["school"] == "100000") & (table["sex"] == "F")
    table.loc[girls, "scale"] = 35.0
    cube, report = control(counted(table), STANDARD, MEASURES, authority="B", certified=False)
    for sex in "FM":
        assert isinstance(cube.cell(f"{SCHOOL}|sex={sex}", "scale"), Hidden)
    assert ("school:100000|sex", "scale") in {(b.id, key) for b, key, _ in report.hidden}
    assert isinstance(cube.cell(SCHOOL, "scale"), ScoreCell)


def test_what_the_attack_asks_for_is_left_out():
    asked = frozenset({("school:100000|sex", "scale"), ("ward:nowhere", "scale")})
    given = counted(TABLE), STANDARD, MEASURES
    released, _ = control(*given, authority="B", certified=False)
    cube, report = control(*given, authority="B", certified=False, withhold=asked)
    assert "worked out" in cube.cell(f"{SCHOOL}|sex=F", "scale").reason
    assert "scale" not in cube.comparisons.get(f"{SCHOOL}|sex=F", {})
    assert cube.cell(f"{SCHOOL}|sex=F", "active") == released.cell(f"{SCHOOL}|sex=F", "active")
    assert cube.cell(SCHOOL, "scale") == released.cell(SCHOOL, "scale")
    assert {(b.id, key) for b, key, why in report.hidden if "worked out" in why} == {
        ("school:100000|sex", "scale")
    }


def test_groups_made_by_an_answer_are_groups_like_any_other():
    """Young carers: a column more in the table, a name more in the closed list."""
    draw = np.random.default_rng(3)
    few = TABLE.head(500)
    carer = draw.choice(["no", "yes"], len(few), p=[0.85, 0.15])
    table = few.assign(carer=carer)
    rules = replace(STANDARD, one_way=(*STANDARD.one_way, "carer"))
    dims = [*DIMS, "carer"]
    raw = count(table, dims, {}, ["scale"], [])
    cube, report = control(
        raw, rules, Measures(scores={"scale": MEASURES.scores["scale"]}), authority="B"
    )
    found = cube.cell("borough:B|carer=yes", "scale")
    assert found.n == table.loc[carer == "yes", "scale"].notna().sum()
    assert len(report.certificates[None].dropped) > 0


def test_a_school_that_differs_is_said_to():
    table = TABLE.copy()
    here = table["school"] == "100000"
    table.loc[here, "scale"] = (table.loc[here, "scale"] + 4).clip(upper=35)
    cube, _ = control(counted(table), STANDARD, MEASURES, authority="B")
    assert cube.comparison(SCHOOL, "scale").verdict == "higher"
    assert cube.comparison("school:100001", "scale").verdict in {"same", "lower"}
    assert cube.comparison("school:100001", "active").verdict == "same"


def test_a_small_view_has_no_verdict(released):
    small = [g.id for g in released.groups if g.place.kind == "school" and g.n < 30]
    assert small
    compared = [each for group in small for each in released.comparisons[group].values()]
    assert compared
    assert all(each.verdict is None for each in compared)


def test_two_other_schools_are_too_few_to_compare_with():
    table = TABLE[TABLE["school"] != "100003"]
    cube, _ = control(counted(table), STANDARD, MEASURES, authority="B")
    assert not cube.comparisons
    assert isinstance(cube.comparison(SCHOOL, "scale"), Hidden)


def test_same_input_same_release(released):
    again, _ = control(
        counted(TABLE.sample(frac=1, random_state=2)), STANDARD, MEASURES, authority="B"
    )
    assert again.to_document() == released.to_document()


def test_only_control_builds_a_released_cube():
    room = Path(reports.disclosure.__file__).parent
    builders = {
        file.name
        for file in room.parent.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "ReleasedCube"
    }
    assert builders <= {"control.py", "cube.py"}


def test_what_was_done_is_kept_with_the_build():
    """Every table and figure that is not shown is in it, by name and with its reason."""
    table = counted(answered(town(pupils=300)))
    cube, report = control(table, STANDARD, MEASURES, authority="B")
    kept = report.to_document()
    assert json.loads(json.dumps(kept)) == kept
    withheld = {each.id: each.reason for each in cube.breakdowns if each.status == "withheld"}
    assert withheld.keys() == {name for name, _ in [*kept["refused"], *kept["dropped"]]}
    assert len(kept["dropped"]) >= kept["certificates"][0]["dropped"] > 0
    assert [each["years"] for each in kept["certificates"]] == [None, ["10"]]
    hidden = {(name, key) for name, row in cube.hidden.items() for key in row}
    assert {(name, key) for name, key, _ in kept["hidden"]} >= hidden != set()
    assert kept["stopped"] == ""


def test_how_much_schools_differ_is_told_from_what_is_published_of_them():
    table = answered(town(pupils=900))
    table["scale"] = (table["scale"] + table["school"].astype(int) % 10 * 2).clip(7, 35)
    cube, _ = control(counted(table), STANDARD, MEASURES, authority="B", certified=False)
    assert cube.icc == between_schools(cube.cells) is not None
    assert cube.icc > 0.05
