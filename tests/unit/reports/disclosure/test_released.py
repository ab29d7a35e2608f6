"""The released cube as a document and in parts."""

import json
from dataclasses import replace

import pytest

from reports.disclosure.control import control
from reports.disclosure.lattice import Place
from reports.disclosure.released import Hidden, ReleasedCube
from reports.disclosure.rules import STANDARD
from tests.unit.reports.disclosure.town import MEASURES, answered, counted, town


@pytest.fixture
def released() -> ReleasedCube:
    table = counted(answered(town(pupils=900)))
    return control(table, STANDARD, MEASURES, authority="B", certified=False)[0]


def test_it_comes_back_from_json_as_it_was(released):
    assert ReleasedCube.from_json(json.dumps(released.to_document())) == released


def test_a_part_holds_its_place_and_the_borough_beside_it(released):
    place = Place("school", "100001")
    part = released.part(place)
    assert {each.place for each in part.groups} == {place, Place("borough", "B")}
    own = {each.group.values for each in part.groups if each.place == place}
    assert {each.group.values for each in part.groups} == own
    tables = {each.dims for each in part.breakdowns if each.place.kind == "borough"}
    assert tables == {tuple(name for name, _ in values) for values in own}
    assert {each.place for each in part.breakdowns} == {each.place for each in part.groups}
    assert [b for b in part.breakdowns if b.place == place] == [
        b for b in released.breakdowns if b.place == place
    ]
    for group in part.groups:
        for measure in MEASURES.all:
            assert part.cell(group.id, measure) == released.cell(group.id, measure)
            assert part.comparison(group.id, measure) == released.comparison(group.id, measure)


def test_a_part_says_what_the_whole_says_of_all(released):
    whole = replace(released, icc=0.03, statement="As it is.")
    part = whole.part(Place("school", "100001"))
    said = (part.icc, part.statement, part.rules, part.verdict_rule)
    assert said == (0.03, "As it is.", released.rules, released.verdict_rule)


def test_parts_hold_everything_between_them(released):
    parts = [released.part(place) for place in released.places()]
    assert {each for part in parts for each in part.groups} == set(released.groups)
    assert released.places()[0] == Place("borough", "B")


def test_a_table_that_does_not_exist_is_hidden_with_a_reason(released):
    assert isinstance(released.cell("ward:W1|fsm=no|sex=F", "active"), Hidden)
    withheld = [each for each in released.breakdowns if each.status == "withheld"]
    assert withheld
    assert all(each.reason.startswith("Withheld: ") for each in withheld)
    assert released.cell("ward:W1|fsm=no|sex=F", "active").reason


def test_what_is_not_compared_says_why(released):
    nowhere = released.comparison("ward:W1|fsm=no|sex=F", "active")
    assert nowhere == released.cell("ward:W1|fsm=no|sex=F", "active")
    shown = next(ward for ward in ("ward:W1", "ward:W2") if released.cells.get(ward))
    assert "No comparison" in released.comparison(shown, "active").reason
