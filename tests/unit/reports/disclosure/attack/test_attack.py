"""The attack finds leaks where there are some, and none in what control lets out."""

import copy

import numpy as np
import pytest

from reports.disclosure.attack import attack
from reports.disclosure.control import control
from reports.disclosure.gate import passed
from reports.disclosure.remainder import fill_unknown
from reports.disclosure.rules import STANDARD
from reports.stats.measures import HeadlineMeasure, Measures
from tests.unit.reports.disclosure.town import (
    DIMS,
    MEASURES,
    answered,
    counted,
    three_tables,
    town,
)

YES_NO = Measures(headlines={"active": HeadlineMeasure()})


def documents(table, measures=MEASURES, *, certified=True):
    cube, _ = control(
        counted(table, measures), STANDARD, measures, authority="B", certified=certified
    )
    return [cube.part(place).to_document() for place in cube.places()]


def safe(table, measures=MEASURES, bounded=0):
    """The release as the pipeline makes it: mended where a single measure leaks."""
    raw = counted(table, measures)

    def release(withhold):
        return control(raw, STANDARD, measures, authority="B", withhold=withhold)

    return passed(release, table[list(DIMS)], STANDARD, measures, bounded=bounded)


def flagged(table):
    return table.assign(active=(np.arange(len(table)) % 3 > 0) * 1.0)


def test_three_tables_isolate_the_pupil_whose_meals_are_unknown():
    table = flagged(three_tables())
    found = attack(documents(table, YES_NO, certified=False), table).found
    recipes = {str(each) for each in found if each.kind == "subtraction"}
    assert "ward W1 − fsm no − fsm yes = 1 pupil" in recipes
    assert any(each.kind == "combination" and each.pupils == 1 for each in found)


def test_three_tables_are_not_published_together():
    table = flagged(three_tables())
    assert attack(documents(table, YES_NO), table).found == ()


def test_nor_is_anything_lost_when_the_unknown_is_filled():
    table, _ = fill_unknown(flagged(three_tables()), ["fsm"], b"key")
    published = documents(table, YES_NO)
    assert any(name == "ward:W1|fsm=no" for part in published for name, _ in part["groups"])
    assert attack(published, table).found == ()


@pytest.mark.parametrize(("most", "bounded"), [(0, set()), (1, {"calm", "active", "scale"})])
def test_whatever_number_is_bounded_exact_counts_of_splits_are(most, bounded):
    """Beside the most telling measure, which here is a score: means are rounded."""
    measures = Measures(
        scores={"scale": MEASURES.scores["scale"]},
        headlines={"active": HeadlineMeasure(), "calm": HeadlineMeasure()},
    )
    table = answered(town(pupils=300))
    table = table.assign(calm=1.0 - table["active"])
    found = attack(
        documents(table, measures, certified=False), table, measures=measures, bounded=most
    )
    assert {each.measure for each in found.narrowest} == bounded


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_a_released_town_holds(seed):
    table = answered(town(seed, pupils=700), seed)
    findings = safe(table, bounded=None).findings
    assert findings.found == ()
    assert findings.groups > 50
    assert findings.sums_tried > findings.groups
    assert findings.measures == 7
    assert findings.unsettled == 0


@pytest.mark.slow
def test_sex_recorded_otherwise_is_found_without_the_certificate_and_safe_with_it():
    table = answered(town(1, pupils=400))
    table.loc[table.index[:2], "sex"] = "X"
    kinds = {each.kind for each in attack(documents(table, certified=False), table).found}
    assert {"combination", "subtraction"} <= kinds
    assert safe(table).findings.found == ()


@pytest.mark.slow
def test_without_the_certificate_whole_breakdowns_alone_still_leak():
    table = answered(town(3, pupils=500))
    assert attack(documents(table, certified=False), table).found


def test_plain_subtraction_finds_what_another_place_gives_away():
    # Nine pupils live outside; the borough less its wards is them, though every base is 10 or more.
    table = flagged(three_tables().assign(fsm="no"))
    table.loc[table.index[:9], ["ward", "locality"]] = None
    found = attack(documents(table, YES_NO, certified=False), table).found
    assert any("borough B − ward W1 − ward W2 = 9 pupils" in str(each) for each in found)


def test_a_visible_nought_is_a_finding():
    table = flagged(three_tables().assign(fsm="no"))
    published = documents(table, YES_NO)
    changed = copy.deepcopy(published)
    n = changed[0]["cells"]["borough:B"]["active"][1]
    changed[0]["cells"]["borough:B"]["active"] = ["h", n, 0, 0.0, 0.0, 2.1, "0 %"]
    assert attack(published, table).found == ()
    assert [each.kind for each in attack(changed, table).found] == ["zero"]


def test_a_count_the_population_does_not_bear_out_is_a_finding():
    table = flagged(three_tables().assign(fsm="no"))
    published = documents(table, YES_NO)
    assert {each.kind for each in attack(published, table.iloc[1:]).found} >= {"count"}
