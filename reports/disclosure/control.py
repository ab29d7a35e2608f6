"""From the raw cube to the released one. Nothing else in the project builds a `ReleasedCube`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from reports.disclosure.cells import cell
from reports.disclosure.certificate import Certificate, certify
from reports.disclosure.comparisons import compare
from reports.disclosure.lattice import (
    Breakdown,
    Candidates,
    Group,
    candidates,
    fits,
    group_id,
    parts,
)
from reports.disclosure.released import (
    Cell,
    Comparison,
    Hidden,
    ReleasedBreakdown,
    ReleasedCube,
    ReleasedGroup,
)
from reports.disclosure.rules import STANDARD, RuleSet
from reports.disclosure.sums import Sums, add_up
from reports.disclosure.withholding import Judge, Years, asked
from reports.stats.cube import RawCube
from reports.stats.measures import Measures
from reports.stats.verdicts import STANDARD as STANDARD_VERDICT
from reports.stats.verdicts import VerdictRule

Withheld = dict[tuple[Breakdown, str], str]


@dataclass(frozen=True)
class ControlReport:
    """What was done and why; holds no answers.

    certificates: by the years asked; None stands for measures that every pupil was asked.
    refused: too small from the start. dropped: by the certificate. hidden: single measures.
    """

    certificates: Mapping[Years, Certificate]
    refused: tuple[tuple[Breakdown, str], ...]
    dropped: tuple[tuple[Breakdown, str], ...]
    hidden: tuple[tuple[Breakdown, str, str], ...]

    def to_document(self) -> dict[str, Any]:
        """As plain data, to store with the build."""
        return {
            "certificates": [
                {"years": sorted(years) if years else None, **proof.to_document()}
                for years, proof in self.certificates.items()
            ],
            "refused": [[breakdown.id, reason] for breakdown, reason in self.refused],
            "dropped": [[breakdown.id, reason] for breakdown, reason in self.dropped],
            "hidden": [[breakdown.id, key, reason] for breakdown, key, reason in self.hidden],
        }


def control(
    raw: RawCube,
    rules: RuleSet = STANDARD,
    measures: Measures = Measures(),  # noqa: B008 - frozen and empty
    *,
    authority: str,
    verdict_rule: VerdictRule = STANDARD_VERDICT,
    certified: bool = True,
) -> tuple[ReleasedCube, ControlReport]:
    """Decide what may be published, and publish it.

    Args:
        raw: counts by profile; unknown demographics already filled.
        authority: key of the borough's place.
        certified: False leaves the certificate out. For the attack's own tests, nothing else.
    """
    listed = candidates(raw.profiles, rules, authority)
    proofs = _certificates(raw.profiles, listed, measures, rules) if certified else {}
    kept = _kept(raw.profiles, listed, measures, rules, proofs)
    order = sorted(kept[None])
    groups = tuple(group for each in order for group in parts(raw.profiles, each, rules))
    sums = add_up(raw, measures, groups, authority)
    hidden = Judge(rules, sums, kept).withheld()
    cells = _cells(sums, hidden, rules)
    dropped = proofs[None].dropped if certified else ()
    cube = ReleasedCube(
        rules=f"{rules.name} {rules.version}",
        verdict_rule=f"{verdict_rule.name} {verdict_rule.version}",
        breakdowns=_fates(order, (*listed.refused, *dropped)),
        groups=tuple(
            ReleasedGroup(group_id(g), int(sums.sizes[row])) for g, row in sums.row.items()
        ),
        cells=cells,
        comparisons=_comparisons(sums, cells, rules, verdict_rule),
        hidden=_by_breakdown(hidden),
    )
    flat = tuple((breakdown, key, reason) for (breakdown, key), reason in hidden.items())
    return cube, ControlReport(proofs, listed.refused, dropped, flat)


def _certificates(
    profiles: pd.DataFrame, listed: Candidates, measures: Measures, rules: RuleSet
) -> dict[Years, Certificate]:
    """One certificate for all pupils, and one for every set of years that were asked alone.

    Others cannot be among the answers to a routed question, and a reader knows it: a combination
    that touches ten pupils of whom one was asked isolates one.
    """
    everybody = certify(profiles, listed.offered, rules)
    found: dict[Years, Certificate] = {None: everybody}
    for years in _routes(measures):
        some = profiles[profiles["year_group"].isin(years)]
        found[years] = certify(some, _fitting(some, everybody.kept, rules), rules)
    return found


def _kept(
    profiles: pd.DataFrame,
    listed: Candidates,
    measures: Measures,
    rules: RuleSet,
    proofs: Mapping[Years, Certificate],
) -> dict[Years, frozenset[Breakdown]]:
    """Breakdowns to publish for measures asked of everybody (None) or of some years."""
    if proofs:
        everybody = frozenset(proofs[None].kept)
        return {years: everybody & frozenset(proof.kept) for years, proof in proofs.items()}
    kept: dict[Years, frozenset[Breakdown]] = {None: frozenset(listed.offered)}
    for years in _routes(measures):
        some = profiles[profiles["year_group"].isin(years)]
        kept[years] = frozenset(_fitting(some, listed.offered, rules))
    return kept


def _routes(measures: Measures) -> list[frozenset[str]]:
    """The sets of years that some measure is limited to."""
    return sorted({each.years for each in measures.all.values() if each.years}, key=sorted)


def _fitting(
    profiles: pd.DataFrame, breakdowns: Iterable[Breakdown], rules: RuleSet
) -> list[Breakdown]:
    return [each for each in breakdowns if fits(profiles, each, rules)]


def _fates(
    published: Iterable[Breakdown], withheld: Iterable[tuple[Breakdown, str]]
) -> tuple[ReleasedBreakdown, ...]:
    return (
        *(ReleasedBreakdown(each.place, each.dims, "published") for each in published),
        *(
            ReleasedBreakdown(each.place, each.dims, "withheld", f"Withheld: {reason}.")
            for each, reason in withheld
        ),
    )


def _cells(sums: Sums, hidden: Withheld, rules: RuleSet) -> dict[str, dict[str, Cell]]:
    """Every cell that may be shown; a cell hidden on the way is noted in `hidden`."""
    found: dict[str, dict[str, Cell]] = {}
    for group in sums.row:
        row = found.setdefault(group_id(group), {})
        for key, measure in sums.measures.items():
            if (group.breakdown, key) in hidden or not asked(group, measure):
                continue
            shown = cell(sums, key, group, rules)
            if isinstance(shown, Hidden):
                hidden[group.breakdown, key] = shown.reason
            else:
                row[key] = shown
    return found


def _comparisons(
    sums: Sums, cells: Mapping[str, Mapping[str, Cell]], rules: RuleSet, rule: VerdictRule
) -> dict[str, dict[str, Comparison]]:
    found = {}
    for group in sums.row:
        if group.place.kind == "school":
            beside = cells.get(group_id(Group(sums.borough.place, group.values)), {})
            both = [key for key in cells[group_id(group)] if key in beside]
            found[group_id(group)] = compare(sums, group, both, rules, rule)
    return {group: row for group, row in found.items() if row}


def _by_breakdown(hidden: Withheld) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for (breakdown, key), reason in hidden.items():
        found.setdefault(breakdown.id, {})[key] = reason
    return found
