"""The attack: what can somebody work out who holds all that was ever published?

It reads released documents and what a neighbour knows of pupils (school, year, sex, home...), no
answers. It trusts nothing that the certificate says. Four ways:

1. `combination`: the groups are rebuilt from their names and the certificate is computed anew,
   for all pupils and for those alone who were asked a question.
2. `bounds`: every count of a small group is bounded by linear programs over all that is published
   of a measure, with the rounding of every number and what labels such as "<5 %" leave open.
3. `subtraction`: plain differences, of pupils and of valid answers.
4. `zeros`: shares that should not be seen.

What is a finding? The promise is that no calculation isolates fewer than m pupils. So: a
combination of published groups that touches fewer than m; a difference with fewer than m answers;
a group of fewer than m pupils of which the number with an answer is known to the pupil, or of
which somebody is known to have given a rare answer. What a crowd of m pupils or more says about
itself is none: of 12 pupils who all gave an answer it is known of every one. The promise leaves
that out, and so does it who left a question unanswered.
"""

import math
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from time import perf_counter
from typing import Any

import pandas as pd

from reports.disclosure.attack.combination import combinations, wrong_counts
from reports.disclosure.attack.figures import Figures, figures, zeros
from reports.disclosure.attack.findings import Finding, Findings, Narrowest
from reports.disclosure.attack.holdings import Documents, Holdings, Release, hold
from reports.disclosure.attack.measure import Attacked, Bounded, Known
from reports.disclosure.attack.subtraction import subtractions, sums
from reports.disclosure.rules import STANDARD, RuleSet
from reports.stats.measures import Measures

__all__ = ["Finding", "Findings", "Memory", "Narrowest", "Release", "attack"]

NO_MEASURES = Measures()
Memory = dict[str, Bounded]  # what was bounded already, by all that went into it


def attack(
    documents: Sequence[Mapping[str, Any]],
    population: pd.DataFrame,
    rules: RuleSet = STANDARD,
    *,
    measures: Measures = NO_MEASURES,
    earlier: Sequence[Release] = (),
    bounded: int | None = 0,
    seconds: float = math.inf,
    only: Collection[str] | None = None,
    memory: Memory | None = None,
) -> Findings:
    """Try to isolate fewer than m pupils.

    Args:
        documents: `ReleasedCube` documents as they are served, of any places.
        population: one row a pupil who took part, with the demographics that groups name; and
            `pupil` where there are earlier releases.
        measures: what the questionnaire, which is public, says of ranges and who is asked.
        earlier: what was served before, the last first.
        bounded: of how many measures the answers are bounded, the most telling first, beside all
            whose exact counts are shown in other tables than the main ones; None: all. Nought: of
            none.
        seconds: after which no other measure is begun.
        only: measures to look at again, and nothing besides.
        memory: kept by the caller between attacks of the same groups, so that a measure about
            which all numbers are the same is not bounded twice.
    """
    held = hold([Release(documents, population), *earlier])
    known: Known = {}
    findings = Findings() if only is not None else _lattice(held, documents, rules)
    said = {
        name: each
        for name, each in figures(documents, rules, measures).items()
        if only is None or name in only
    }
    found = tuple(_differences(said, held, rules, known))
    findings = replace(findings, found=findings.found + found)
    order = _order(said, held, rules, known, bounded) if bounded != 0 else []
    end, kept = perf_counter() + seconds, {} if memory is None else memory

    def one(name: str) -> Bounded | None:
        if perf_counter() >= end:
            return None
        measure = Attacked(name, said[name], held, rules, known)
        mark = measure.mark()
        if mark not in kept:
            kept[mark] = measure.bounds()
        return kept[mark]

    # Linear programs leave Python's lock to others while they run.
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        for bounds in threads.map(one, order):
            findings = _with(findings, bounds) if bounds else findings
    return findings


def _lattice(held: Holdings, documents: Documents, rules: RuleSet) -> Findings:
    """What can be found in the groups alone, whatever is asked."""
    everything = range(len(held.columns))
    rows, row = held.merged(everything)
    tried = sums(held.columns, rows)
    found = (
        *wrong_counts(held),
        *combinations(held, everything, rules.m),
        *subtractions(tried, held.sizes(row), rules.m),
        *zeros(documents),
    )
    count = len(tried.recipes)
    return Findings(found, len(held.columns), len(rows), count * (count + 1) // 2)


def _differences(
    said: Mapping[str, Figures], held: Holdings, rules: RuleSet, known: Known
) -> Iterator[Finding]:
    """Too few answers by subtraction, and too few of those who were asked in a combination."""
    routed: dict[tuple[object, ...], tuple[Finding, ...]] = {}
    for name, each in said.items():
        measure = Attacked(name, each, held, rules, known)
        yield from measure.few_answers()
        if each.years is not None:
            # Combinations are the same for all questions of the same tables and years.
            alike = (each.years, *each.groups)
            if alike not in routed:
                routed[alike] = tuple(measure.combined())
            yield from (replace(one, measure=name) for one in routed[alike])


def _order(
    said: Mapping[str, Figures],
    held: Holdings,
    rules: RuleSet,
    known: Known,
    most: int | None,
) -> list[str]:
    """All measures whose exact counts are told beyond the main tables, and of the others those
    that tell most: by rare answers, and by noughts that no label hides, in turn."""
    each = {name: Attacked(name, said[name], held, rules, known) for name in said}
    split = [name for name in said if each[name].tells_counts()]
    noughts = {name: each[name].noughts() for name in said}
    rare = sorted(said, key=lambda name: (-sum(said[name].rare), name))
    told = sorted(said, key=lambda name: (-noughts[name], name))
    others = dict.fromkeys(name for pair in zip(told, rare, strict=True) for name in pair)
    return split + [name for name in others if name not in set(split)][:most]


def _with(findings: Findings, one: Bounded) -> Findings:
    """The findings with those of one more measure whose counts are bounded."""
    return replace(
        findings,
        found=(*findings.found, *one.found),
        measures=findings.measures + 1,
        counts=findings.counts + one.counts,
        programs=findings.programs + one.programs,
        unsettled=findings.unsettled + one.unsettled,
        narrowest=(*findings.narrowest, *one.narrowest),
    )
