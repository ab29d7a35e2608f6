"""The last gate beside a scripted attack: what is withheld, in which order, and when it stops."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import pytest

from reports.disclosure import gate
from reports.disclosure.attack import Finding, Findings
from reports.disclosure.control import ControlReport
from reports.disclosure.gate import Stopped, mend, passed, without
from reports.disclosure.lattice import Breakdown, Place, parse_group
from reports.disclosure.rules import STANDARD
from reports.stats.measures import Measures

BOROUGH, SCHOOL, WARD = Place("borough", "B"), Place("school", "100000"), Place("ward", "W1")
BY_SEX = Breakdown(BOROUGH, ("sex",))
SCHOOL_BY_SEX = Breakdown(SCHOOL, ("sex",))
SCHOOL_BY_PAIR = Breakdown(SCHOOL, ("fsm", "sex"))
WARDS = Breakdown(WARD, ())
GROUPS = (
    "borough:B",
    "borough:B|sex=F",
    "school:100000",
    "school:100000|sex=F",
    "school:100000|fsm=no|sex=F",
    "ward:W1",
)
MEASURED = ("active", "rare", "mood")
NOBODY = pd.DataFrame()
REPORT = ControlReport(certificates={}, refused=(), dropped=(), hidden=())
PAIR = {(SCHOOL_BY_PAIR.id, "active")}
FINE = PAIR | {(WARDS.id, "active")}
SPLITS = FINE | {(SCHOOL_BY_SEX.id, "active")}
ALL = SPLITS | {(BY_SEX.id, "active")}


def document() -> dict[str, Any]:
    return {
        "groups": [[name, 50] for name in GROUPS],
        "cells": {name: {key: [50] for key in MEASURED} for name in GROUPS},
        "comparisons": {name: {key: ["same"] for key in MEASURED} for name in GROUPS},
    }


def shown(documents, breakdown: Breakdown, measure: str) -> bool:
    return any(
        measure in row
        for each in documents
        for group, row in each["cells"].items()
        if parse_group(group).breakdown == breakdown
    )


@dataclass(frozen=True)
class Leak:
    """A measure that leaks for as long as all these tables show it."""

    kind: str
    measure: str
    needs: tuple[Breakdown, ...]


class Script:
    """Attacks as told, and remembers how it was asked: measures and how many are bounded."""

    def __init__(self, *leaks: Leak) -> None:
        self.leaks = leaks
        self.asked: list[tuple[frozenset[str] | None, int | None]] = []

    def __call__(
        self, documents, population, rules, *, measures, bounded=None, memory=None, only=None
    ) -> Findings:
        assert population is NOBODY
        assert rules is STANDARD
        assert measures == Measures()
        held = list(documents)
        self.asked.append((only and frozenset(only), bounded))
        found = [
            Finding(leak.kind, f"{leak.measure} leaks", 1, leak.measure, leak.needs)
            for leak in self.leaks
            if (only is None or leak.measure in only)
            and (leak.kind != "bound" or bounded != 0)
            and all(shown(held, each, leak.measure) for each in leak.needs)
        ]
        return Findings(tuple(found), counts=7)


class Cube:
    """A release of one document."""

    def __init__(self, out: gate.Withhold) -> None:
        self.out = out

    def places(self):
        return (BOROUGH,)

    def part(self, place: Place) -> "Cube":
        assert place == BOROUGH
        return self

    def to_document(self) -> dict[str, Any]:
        return without(document(), self.out)


@pytest.fixture
def attacked(monkeypatch: pytest.MonkeyPatch):
    def install(*leaks: Leak) -> Script:
        script = Script(*leaks)
        monkeypatch.setattr(gate, "attack", script)
        return script

    return install


def mended(script: Script) -> gate.Withhold:
    before = script([document()], NOBODY, STANDARD, measures=Measures())
    return mend([document()], before, NOBODY, STANDARD, Measures())


def test_a_release_that_holds_passes_as_it_is(attacked):
    script, made = attacked(), []

    def release(out: gate.Withhold):
        made.append(out)
        return Cube(out), REPORT

    result = passed(release, NOBODY, STANDARD, Measures(), bounded=3)
    assert (result.withheld, result.findings.counts, made) == (frozenset(), 7, [frozenset()])
    assert result.report is REPORT
    assert script.asked == [(None, 3)]


def test_a_measure_that_leaks_loses_a_table_and_is_attacked_again(attacked):
    script = attacked(Leak("subtraction", "active", (SCHOOL_BY_SEX, SCHOOL_BY_PAIR)))
    result = passed(lambda out: (Cube(out), REPORT), NOBODY, STANDARD, Measures())
    assert result.withheld == PAIR
    assert result.cube.out == PAIR
    assert result.findings.found == ()
    assert script.asked == [(None, gate.SAMPLE), (frozenset({"active"}), 0), (None, gate.SAMPLE)]


def test_what_is_of_no_measure_stops_the_release(attacked):
    attacked(Leak("combination", "", ()))
    with pytest.raises(Stopped, match="found 1"):
        passed(lambda out: (Cube(out), REPORT), NOBODY, STANDARD, Measures())


def test_a_release_that_withholds_nothing_it_was_told_to_stops(attacked):
    attacked(Leak("subtraction", "active", (SCHOOL_BY_PAIR,)))
    made = []

    def deaf(out: gate.Withhold):
        made.append(out)
        return Cube(frozenset()), REPORT

    with pytest.raises(Stopped, match="active leaks"):
        passed(deaf, NOBODY, STANDARD, Measures())
    assert made == [frozenset(), PAIR]


def test_it_is_not_tried_for_ever(attacked, monkeypatch):
    attacked(Leak("subtraction", "active", (SCHOOL_BY_PAIR,)))
    rounds: list[int] = []

    def another(*_: object) -> gate.Withhold:
        rounds.append(1)
        return frozenset({(SCHOOL_BY_PAIR.id, str(len(rounds)))})

    monkeypatch.setattr(gate, "mend", another)
    made = []

    def deaf(out: gate.Withhold):
        made.append(out)
        return Cube(frozenset()), REPORT

    with pytest.raises(Stopped):
        passed(deaf, NOBODY, STANDARD, Measures())
    assert [len(out) for out in made] == [0, 1, 2]  # what was withheld stays withheld


@pytest.mark.parametrize(
    ("needs", "out"),
    [
        ((SCHOOL_BY_PAIR,), FINE),
        ((SCHOOL_BY_SEX,), SPLITS),
        ((BY_SEX,), ALL),
    ],
)
def test_bounds_that_leak_cost_the_finest_tables_first(attacked, needs, out):
    script = attacked(Leak("bound", "active", needs))
    assert mended(script) == out
    assert script.asked[-1] == (frozenset({"active"}), None)


def test_what_stays_in_main_tables_is_not_mended(attacked):
    leak = Leak("bound", "active", (Breakdown(SCHOOL, ()),))
    # With every split gone the main table itself is taken: there the measure ends.
    assert mended(attacked(leak)) == ALL | {("school:100000", "active")}


def test_only_what_leaked_by_bounds_is_bounded_again(attacked):
    script = attacked(
        Leak("bound", "active", (SCHOOL_BY_PAIR,)),
        Leak("subtraction", "rare", (SCHOOL_BY_SEX, SCHOOL_BY_PAIR)),
    )
    assert mended(script) == FINE | {(SCHOOL_BY_PAIR.id, "rare")}
    assert script.asked[1:] == [(frozenset({"active"}), None), (frozenset({"rare"}), 0)]


def test_two_leaks_that_stay_are_both_followed(attacked):
    leaks = (
        Leak("bound", "active", (SCHOOL_BY_SEX,)),
        Leak("subtraction", "rare", (SCHOOL_BY_SEX,)),
        Leak("subtraction", "mood", (WARDS,)),
    )
    assert mended(attacked(*leaks)) == SPLITS | {(SCHOOL_BY_SEX.id, "rare"), (WARDS.id, "mood")}


def test_what_cannot_be_mended_is_not_half_mended(attacked):
    script = attacked(
        Leak("subtraction", "active", (SCHOOL_BY_PAIR,)), Leak("subtraction", "rare", ())
    )
    assert mended(script) == frozenset()


def test_a_comparison_goes_with_either_of_its_two_sides():
    held = without(document(), frozenset({(BY_SEX.id, "active")}))
    assert "active" not in held["cells"]["borough:B|sex=F"]
    assert "active" in held["cells"]["school:100000|sex=F"]
    assert "active" not in held["comparisons"]["school:100000|sex=F"]
    assert "active" in held["comparisons"]["school:100000|fsm=no|sex=F"]
    assert "rare" in held["comparisons"]["school:100000|sex=F"]
    assert held["groups"] == document()["groups"]
