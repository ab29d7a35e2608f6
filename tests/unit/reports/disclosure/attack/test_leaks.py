"""Leaks put in on purpose: found with the certificate switched off, and none with it on."""

import numpy as np
import pandas as pd
import pytest

from reports.disclosure import gate
from reports.disclosure.attack import Finding, Findings, Release, attack
from reports.disclosure.control import control
from reports.disclosure.gate import mend, passed, without
from reports.disclosure.lattice import parse_group
from reports.disclosure.rules import STANDARD
from reports.stats.measures import HeadlineMeasure, ItemMeasure, Measures
from tests.unit.reports.disclosure.test_planted import (
    all_minus_girls,
    few,
    nearly_equal,
    no_ward,
    school_minus_year,
    tiny_school,
    unknown_meals,
    village,
)
from tests.unit.reports.disclosure.town import counted

YES_NO = Measures(headlines={"active": HeadlineMeasure()})


def flagged(table: pd.DataFrame) -> pd.DataFrame:
    """Two of three pupils are active, so that nothing is rare and nothing homogeneous."""
    return table.assign(active=(np.arange(len(table)) % 3 > 0) * 1.0)


def released(table, *, certified, measures=YES_NO, withhold=frozenset(), **more):
    return control(
        counted(table, measures),
        STANDARD,
        measures,
        authority="B",
        certified=certified,
        withhold=withhold,
        **more,
    )


def documents(cube):
    return [cube.part(place).to_document() for place in cube.places()]


def outside():
    """Nine pupils live in no locality: the borough less its localities."""
    table = village()
    odd = few(table, 9)
    table.loc[odd, ["locality", "ward"]] = None
    return table, odd


@pytest.mark.slow
@pytest.mark.parametrize(
    "plant",
    [
        unknown_meals,
        no_ward,
        outside,
        all_minus_girls,
        tiny_school,
        school_minus_year,
        nearly_equal,
    ],
)
def test_a_planted_leak_is_found_unless_certified(plant):
    table, odd = plant()
    table = flagged(table)
    open_ = attack(documents(released(table, certified=False)[0]), table).found
    touched = {each.pupils for each in open_ if each.kind == "combination"}
    # Who lives outside is few enough for the closed list; the certificate is not needed there.
    assert plant is outside or min(touched) <= len(odd)
    assert (
        passed(
            lambda withhold: released(table, certified=True, withhold=withhold),
            table,
            STANDARD,
            YES_NO,
        ).findings.found
        == ()
    )


def test_localities_less_the_borough_leak_where_the_closed_list_is_not_kept():
    """The same nine pupils, in documents that show localities all the same."""
    table, odd = outside()
    table = flagged(table)
    whole = documents(released(table, certified=False)[0])
    for key in ("L0", "L1"):
        n = int((table["locality"] == key).sum())
        whole.append({**whole[0], "groups": [[f"locality:{key}", n]], "cells": {}})
    found = attack(whole, table).found
    assert {each.pupils for each in found if each.kind == "combination"} >= {len(odd)}
    assert any(each.kind == "subtraction" and each.pupils == len(odd) for each in found)


def people(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(pupil=table["person"], state=table["person"])


def late_school():
    table = village()
    return table, table.drop(index=few(table, 6, school="4"))


def corrected():
    """Four pupils' answers were other ones before."""
    table = people(village())
    before = table.copy()
    odd = few(table, 4)
    before.loc[odd, "state"] = "before"
    return table, before


def moved_boundary():
    """Eight homes went from one ward to the next between the releases."""
    table = village()
    before = table.copy()
    before.loc[few(table, 4, ward="W1"), "ward"] = "W0"
    return table, before


@pytest.mark.slow
@pytest.mark.parametrize(
    ("plant", "few_pupils"), [(late_school, 6), (corrected, 4), (moved_boundary, 4)]
)
def test_a_release_is_attacked_beside_what_was_published_before(plant, few_pupils):
    now, before = (flagged(each) for each in plant())
    now, before = (each if "pupil" in each else people(each) for each in (now, before))
    first, said = released(before, certified=True, population=before)
    earlier = [Release(documents(first), before)]
    second, _ = released(now, certified=True)  # as if nothing had been published before
    assert attack(documents(second), now).found == ()
    found = attack(documents(second), now, earlier=earlier).found
    assert min(each.pupils for each in found if each.kind == "combination") <= few_pupils
    beside, report = released(now, certified=True, population=now, ledger=[said.entry])
    assert report.stopped or beside.groups
    assert attack(documents(beside), now, earlier=earlier).found == ()


@pytest.mark.slow
def test_linked_pupils_of_two_waves():
    """Of school 1 all but three are linked: its change less its total is those three."""
    table = people(flagged(village()))
    table["linked"] = "yes"
    table.loc[few(table, 3, school="1"), "linked"] = "no"
    first = documents(released(table, certified=True)[0])
    n = int(((table["school"] == "1") & (table["linked"] == "yes")).sum())
    change = {**first[0], "groups": [["school:1|linked=yes", n]], "cells": {}, "comparisons": {}}
    found = attack([*first, change], table).found
    assert {each.pupils for each in found if each.kind == "combination"} >= {3}
    assert attack(first, table).found == ()


@pytest.mark.slow
def test_a_withheld_part_with_few_answers_comes_back_by_subtraction():
    """Girls of one school gave nine answers: theirs are withheld, and the borough's less the
    others' give them back."""
    table = flagged(village())
    girls = table.index[(table["school"] == "1") & (table["sex"] == "F")]
    table.loc[girls[9:], "active"] = np.nan
    cube, _ = released(table, certified=True)
    found = attack(documents(cube), table, measures=YES_NO)
    assert {each.kind for each in found.found} == {"bases"}
    assert all(each.pupils < 10 and each.measure == "active" for each in found.found)
    held = passed(
        lambda withhold: released(table, certified=True, withhold=withhold), table, STANDARD, YES_NO
    )
    assert held.findings.found == ()
    assert held.withheld
    assert {measure for _, measure in held.withheld} == {"active"}
    assert "school:0" in held.cube.cells  # only the finest tables went


@pytest.mark.parametrize("value", [0, 1])
def test_a_visible_nought_and_a_visible_whole(value):
    table = flagged(village()).assign(mood=1 + np.arange(400) % 2)
    measures = Measures(items={"mood": ItemMeasure((1, 2))}, headlines=YES_NO.headlines)
    served = documents(released(table, certified=True, measures=measures)[0])
    assert attack(served, table, measures=measures).found == ()
    n = served[0]["cells"]["borough:B"]["active"][1]
    served[0]["cells"]["borough:B"]["active"] = ["h", n, value * n, 100.0 * value, 0.0, 9.0, ""]
    served[0]["cells"]["borough:B"]["mood"][2][0][1] = 100.0 * value
    found = attack(served, table, measures=measures).found
    assert {each.kind for each in found} == {"zero"}
    assert {each.measure for each in found} == {"active", "mood"}


@pytest.mark.slow
def test_noughts_in_ward_and_school_point_at_a_few_pupils():
    """A rare answer was given in one school only, and nobody of its larger wards gave it."""
    table = flagged(village())
    mine = table["school"] == "1"
    table.loc[mine, ["ward", "locality"]] = ["W0", "L0"]
    odd = few(table, 5, school="1")
    table.loc[odd, ["ward", "locality"]] = ["W3", "L1"]
    table["mood"] = 1
    table.loc[odd, "mood"] = 2
    measures = Measures(items={"mood": ItemMeasure((1, 2))}, headlines=YES_NO.headlines)
    served = documents(released(table, certified=True, measures=measures)[0])
    told = {"school:1": 5, "locality:L0": 0, "borough:B": 5, "school:0": 0}
    for document in served:
        for group, row in document["cells"].items():
            if group in told and "mood" in row:
                n = row["mood"][1]
                row["mood"][2] = [[1, None, f"{n - told[group]}"], [2, 100 * told[group] / n, ""]]
                row["mood"][2][0][1] = 100 - 100 * told[group] / n
    found = attack(served, table, measures=measures, bounded=None).found
    assert any(each.kind == "bound" and each.measure == "mood" for each in found)


def test_a_document_without_a_table_has_nothing_that_was_computed_from_it():
    table = flagged(village())
    served = documents(released(table, certified=True)[0])
    document = next(each for each in served if each["comparisons"])
    group = next(iter(document["comparisons"]))
    assert "active" in document["comparisons"][group]
    less = without(document, frozenset({("borough:B", "active")}))
    assert "active" not in less["cells"]["borough:B"]
    assert "active" not in less["comparisons"].get("school:0", {})
    assert "active" in less["cells"][group]


def test_what_is_of_no_single_measure_is_not_mended():
    table = flagged(unknown_meals()[0])
    served = documents(released(table, certified=False)[0])
    found = attack(served, table, measures=YES_NO)
    assert found.found
    assert mend(served, found, table, STANDARD, YES_NO) == frozenset()


@pytest.mark.parametrize("again", [0, 1, 2])
def test_a_measure_whose_bounds_leak_keeps_its_main_tables(monkeypatch, again):
    table = flagged(village())
    served = documents(released(table, certified=True)[0])
    tables = [parse_group("school:0|sex=F").breakdown, parse_group("borough:B|sex=F").breakdown]
    leak = Finding("bound", "three pupils", 3, "active", tuple(tables))
    later = [Findings((leak,))] * again
    monkeypatch.setattr(
        gate, "attack", lambda *_args, **_kinds: later.pop() if later else Findings()
    )
    out = {each for each, _ in mend(served, Findings((leak,)), table, STANDARD, YES_NO)}
    steps = ["ward:W0", "school:0|sex", "borough:B|sex"]
    assert [each in out for each in steps] == [step <= again for step in range(3)]
    assert not out & {"borough:B", "school:0", "school:0|year_group", "locality:L0"}
