"""Leaks put in on purpose: in reach of a reader without the certificate, out of reach with it."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from reports.disclosure.certificate import certify
from reports.disclosure.control import control
from reports.disclosure.lattice import candidates, group_id, parts
from reports.disclosure.ledger import fixed_columns, record
from reports.disclosure.released import AnswersCell, HeadlineCell
from reports.disclosure.rules import STANDARD
from reports.stats.measures import HeadlineMeasure, ItemMeasure, Measures
from tests.unit.reports.disclosure.town import columns, counted, profiles, three_tables

SCHOOLS = 5


def village(pupils: int = 400) -> pd.DataFrame:
    """Schools and two localities of two wards, evenly mixed, so that it gives nothing away."""
    number = np.arange(pupils)
    ward = number // SCHOOLS % 4
    return pd.DataFrame(
        {
            "person": [f"p{n:04d}" for n in number],
            "school": (number % SCHOOLS).astype(str),
            "year_group": np.where(number // 20 % 2, "8", "10"),
            "sex": np.where(number // 40 % 2, "F", "M"),
            "fsm": "no",
            "sen": "none",
            "sen_detail": "none",
            "locality": np.where(ward < 2, "L0", "L1"),
            "ward": [f"W{w}" for w in ward],
        }
    )


def few(table: pd.DataFrame, count: int, **where: str) -> pd.Index:
    """The first pupils of a place."""
    chosen = np.ones(len(table), dtype=bool)
    for column, value in where.items():
        chosen &= (table[column] == value).to_numpy(bool)
    return table.index[chosen][:count]


def unknown_meals():
    table = three_tables()
    return table, table.index[table["fsm"].isna()]


def no_ward():
    """Two localities less their wards: five pupils whose ward was not found."""
    table = village()
    odd = few(table, 5, locality="L0")
    table.loc[odd, "ward"] = None
    return table, odd


def all_minus_girls():
    table = village()
    odd = few(table, 4, school="1")
    table.loc[odd, "sex"] = "X"
    return table, odd


def tiny_school():
    table = village()
    odd = few(table, 6)
    table.loc[odd, "school"] = "9"
    return table, odd


def school_minus_year():
    """One school's third year group is three pupils; all other schools show theirs."""
    table = village(600)
    odd = few(table, 3, school="1")
    for school in "0234":
        table.loc[few(table, 20, school=school), "year_group"] = "9"
    table.loc[odd, "year_group"] = "9"
    return table, odd


def nearly_equal():
    """A ward and a locality that differ by four homes, as after a change of boundaries."""
    table = village()
    table["locality"] = np.where(table["ward"] == "W0", "L0", "L1")
    odd = few(table, 4, ward="W1")
    table.loc[odd, "locality"] = "L0"
    return table, odd


def reachable(table, breakdowns, pupils) -> bool:
    """Is the sum over these pupils a combination of the published groups?"""
    alone = table.assign(mark="no")
    alone.loc[pupils, "mark"] = "yes"
    counted_alone = profiles(alone)  # nobody else has the marked pupils' demographics
    matrix, _ = columns(counted_alone, breakdowns)
    target = profiles_of(counted_alone, alone.loc[pupils])
    weights = np.linalg.lstsq(matrix.astype(float), target, rcond=None)[0]
    return bool(np.abs(matrix @ weights - target).max() < 1e-6)


def profiles_of(counted_profiles, pupils):
    dims = [name for name in counted_profiles.columns if name != "n"]
    mine = {tuple("" if pd.isna(v) else v for v in row) for row in pupils[dims].to_numpy()}
    rows = counted_profiles[dims].to_numpy()
    return np.array([float(tuple("" if pd.isna(v) else v for v in row) in mine) for row in rows])


@pytest.mark.parametrize(
    "plant",
    [unknown_meals, no_ward, all_minus_girls, tiny_school, school_minus_year, nearly_equal],
)
def test_a_planted_leak_is_withheld(plant):
    table, odd = plant()
    counted_profiles = profiles(table)
    assert 0 < len(odd) < STANDARD.m
    offered = candidates(counted_profiles, STANDARD, "B").offered
    kept = certify(counted_profiles, offered, STANDARD).kept
    assert reachable(table, offered, odd)
    assert not reachable(table, kept, odd)
    assert "borough:B" in {each.id for each in kept}


def test_the_village_itself_needs_nothing_withheld():
    table = profiles(village())
    offered = candidates(table, STANDARD, "B").offered
    assert certify(table, offered, STANDARD).kept == tuple(sorted(offered))


def linked_and_not(left: int) -> pd.DataFrame:
    """Who of a wave is linked to the other: not fifteen of each school, `left` of school 1."""
    table = village().assign(linked="yes")
    for school in "01234":
        table.loc[few(table, left if school == "1" else 15, school=school), "linked"] = "no"
    return table.assign(pupil=table["person"], state=table["person"])


def changes_kept(table: pd.DataFrame) -> set[str]:
    """Which breakdowns by linkage can stand beside the totals that the wave has published."""
    rules = replace(STANDARD, one_way=("linked",), pairs=(), ladder=())
    rows = table.groupby(["school", "linked"]).size().rename("n").reset_index()
    offered = candidates(rows, rules, "B").offered
    totals = [group_id(g) for b in offered if not b.dims for g in parts(rows, b, rules)]
    fixed = fixed_columns(rows, table, [record(table, totals, {}, {})])
    by_linkage = [each for each in offered if each.dims]
    return {each.id for each in certify(rows, by_linkage, rules, fixed=fixed).kept}


def test_the_change_of_linked_pupils_is_certified_in_both_waves():
    """Of school 1, twelve pupils of the second wave are not linked, and three of the first.

    The second wave's answers may be shown so; beside what the first wave published they must not,
    neither for the school nor for the borough and all other schools together.
    """
    schools = {f"school:{school}|linked" for school in "0234"}
    second, first = changes_kept(linked_and_not(12)), changes_kept(linked_and_not(3))
    assert second == {*schools, "borough:B|linked", "school:1|linked"}
    assert first < second
    assert "school:1|linked" not in first
    assert len(first) == 4


def test_a_late_school_of_a_few_pupils_waits():
    table, odd = tiny_school()
    people = table.assign(pupil=table["person"], state=table["person"])
    before = people.drop(index=odd)
    none = Measures()
    _, report = control(counted(before, none), STANDARD, none, authority="B", population=before)
    cube, later = control(
        counted(people, none),
        STANDARD,
        none,
        authority="B",
        population=people,
        ledger=[report.entry],
    )
    assert "too few" in later.stopped
    assert not cube.groups


@pytest.mark.parametrize("answered", [9, 10])
def test_item_bases_count_answers(answered):
    """Two hundred boys of whom nine answered: neither theirs nor the girls' figures are shown."""
    table = village()
    table["active"] = np.where(table.index % 2, 1.0, 0.0)
    boys = table.index[table["sex"] == "M"]
    table.loc[boys[answered:], "active"] = np.nan
    measures = Measures(headlines={"active": HeadlineMeasure()})
    cube, _ = control(counted(table, measures), STANDARD, measures, authority="B")
    shown = isinstance(cube.cell("borough:B|sex=F", "active"), HeadlineCell)
    assert shown == (answered >= 10)
    assert isinstance(cube.cell("borough:B", "active"), HeadlineCell)


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_nobody_and_everybody_are_never_said(value):
    table = village()
    table = table.assign(active=np.where(table.index % 2, 1.0, 0.0), mood=(table.index % 2) + 1)
    here = table["school"] == "1"
    table.loc[here, "active"] = value
    table.loc[here, "mood"] = 1 + int(value)
    measures = Measures(
        items={"mood": ItemMeasure((1, 2))}, headlines={"active": HeadlineMeasure()}
    )
    cube, _ = control(counted(table, measures), STANDARD, measures, authority="B")
    cell, answers = cube.cell("school:1", "active"), cube.cell("school:1", "mood")
    assert isinstance(cell, HeadlineCell)
    assert (cell.count, cell.percent) == (None, None)
    assert isinstance(answers, AnswersCell)
    assert {share.percent for share in answers.shares} == {None}
    assert "active" not in cube.comparisons.get("school:1", {})
