"""The last gate: a release is attacked, mended where one measure leaks, and attacked again."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from reports.disclosure.attack import Finding, Findings, Memory, attack
from reports.disclosure.control import ControlReport
from reports.disclosure.lattice import Breakdown, Group, Place, parse_group
from reports.disclosure.released import ReleasedCube
from reports.disclosure.rules import RuleSet
from reports.stats.measures import Measures

Withhold = frozenset[tuple[str, str]]
Document = Mapping[str, Any]

ROUNDS = 3  # releases tried
TRIES = 40  # tables taken out of one release's documents until its measures hold
SAMPLE = 8  # measures bounded before a release beside all exact counts; the command does all


class Stopped(Exception):
    """The attack found something that withholding single measures does not mend."""


@dataclass(frozen=True)
class Passed:
    """A release that held, what control and the attack said, and what had to be withheld for it."""

    cube: ReleasedCube
    report: ControlReport
    findings: Findings
    withheld: Withhold


def passed(
    release: Callable[[Withhold], tuple[ReleasedCube, ControlReport]],
    population: pd.DataFrame,
    rules: RuleSet,
    measures: Measures,
    *,
    bounded: int | None = SAMPLE,
) -> Passed:
    """Release, attack, and where a measure leaks withhold its finest breakdown and try again.

    Args:
        release: makes the release without some (breakdown id, measure).
        population, bounded: as in `attack`.

    Raises:
        Stopped: a finding that is of no single measure, or too many rounds.
    """
    withhold: Withhold = frozenset()
    memory: Memory = {}
    for turn in range(1, ROUNDS + 1):
        cube, report = release(withhold)
        documents = [cube.part(place).to_document() for place in cube.places()]
        findings = attack(
            documents, population, rules, measures=measures, bounded=bounded, memory=memory
        )
        if not findings.found:
            return Passed(cube, report, findings, withhold)
        more = mend(documents, findings, population, rules, measures)
        if turn == ROUNDS or not more - withhold:
            raise Stopped(f"The attack found {len(findings.found)}: {findings.found[0]}")
        withhold |= more
    raise AssertionError("the last round ends above")


def mend(
    documents: Iterable[Document],
    findings: Findings,
    population: pd.DataFrame,
    rules: RuleSet,
    measures: Measures,
) -> Withhold:
    """Which tables of which measures to withhold until the attack finds nothing in the measures
    that leaked; empty where that does not help."""
    held, out = list(documents), frozenset[tuple[str, str]]()
    bounded = {finding.measure for finding in findings.found if finding.kind in LINEAR}
    for _ in range(TRIES):
        if not findings.found:
            return out
        if not all(finding.measure and finding.breakdowns for finding in findings.found):
            break
        for finding in findings.found:
            out |= {(each.id, finding.measure) for each in _to_withhold(finding, held, rules)}
        held = [without(document, out) for document in held]
        again = {finding.measure for finding in findings.found}
        # Bounding costs seconds a measure; what leaked by subtraction alone is only subtracted.
        found: tuple[Finding, ...] = ()
        for names, most in ((again & bounded, None), (again - bounded, 0)):
            if names:
                found += attack(
                    held, population, rules, measures=measures, bounded=most, only=names
                ).found
        findings = replace(findings, found=found)
    return frozenset()


def _to_withhold(finding: Finding, held: Iterable[Document], rules: RuleSet) -> set[Breakdown]:
    """The finest table of a difference. Where bounds leak, many roads lead to the same few pupils,
    and closing them one by one takes minutes: the measure loses all pairs and wards at once, then
    the splits of smaller places, and the borough's if that is not enough."""
    more = _listed_out(held, finding.measure, rules) if finding.kind in LINEAR else set()
    small = {each for each in more if each.place.kind != "borough"}
    fine = {each for each in small if len(each.dims) > 1 or each.place.kind == "ward"}
    return fine or small or more or {finest(finding, rules)}


LINEAR = {"bound", "contradiction"}


def finest(finding: Finding, rules: RuleSet) -> Breakdown:
    """The least important of the breakdowns that a finding needs."""
    return max(finding.breakdowns, key=lambda each: (rules.rank(each.place.kind, each.dims), each))


def _listed_out(documents: Iterable[Document], measure: str, rules: RuleSet) -> set[Breakdown]:
    """The breakdowns of a measure where full answers would not be shown either."""
    shown = {
        parse_group(group).breakdown
        for document in documents
        for group, row in document["cells"].items()
        if measure in row
    }
    return {each for each in shown if not rules.is_main(each.place.kind, each.dims)}


def without(document: Document, out: Withhold) -> Document:
    """A document without some measures of some breakdowns, and what was computed from them."""

    def shown(group: str, measure: str) -> bool:
        return (parse_group(group).breakdown.id, measure) not in out

    def compared(group: str, measure: str) -> bool:
        whole = Breakdown(borough, parse_group(group).breakdown.dims)
        return shown(group, measure) and (whole.id, measure) not in out

    borough = _borough(document)
    return {
        **document,
        "cells": _only(document["cells"], shown),
        "comparisons": _only(document["comparisons"], compared),
    }


def _borough(document: Document) -> Place:
    groups: Iterable[Group] = (parse_group(name) for name, _ in document["groups"])
    return next((g.place for g in groups if g.place.kind == "borough"), Place("borough", ""))


def _only(
    rows: Mapping[str, Mapping[str, Any]], wanted: Callable[[str, str], bool]
) -> dict[str, dict[str, Any]]:
    return {
        group: {measure: each for measure, each in row.items() if wanted(group, measure)}
        for group, row in rows.items()
    }
