"""From the raw cube to the released one. Nothing else in the project builds a `ReleasedCube`."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from reports.disclosure.between import between_schools
from reports.disclosure.cells import cell
from reports.disclosure.certificate import Certificate, certify
from reports.disclosure.comparisons import compare
from reports.disclosure.elsewhere import elsewhere
from reports.disclosure.lattice import (
    Breakdown,
    Candidates,
    Group,
    Place,
    candidates,
    fits,
    group_id,
    parts,
)
from reports.disclosure.ledger import Beside, Entry, Years, record
from reports.disclosure.released import (
    Cell,
    Comparison,
    HeadlineCell,
    Hidden,
    ReleasedBreakdown,
    ReleasedCube,
    ReleasedGroup,
)
from reports.disclosure.rules import STANDARD, RuleSet
from reports.disclosure.shown import Shown, shown
from reports.disclosure.since import Earlier, since
from reports.disclosure.sums import Sums, add_up
from reports.disclosure.withholding import ATTACKED, RARE, Judge, asked
from reports.stats.cube import RawCube
from reports.stats.measures import Measures
from reports.stats.proportions import Floats
from reports.stats.verdicts import STANDARD as STANDARD_VERDICT
from reports.stats.verdicts import VerdictRule

Withheld = dict[tuple[Breakdown, str], str]


@dataclass(frozen=True)
class ControlReport:
    """What was done and why; holds no answers.

    certificates: by the years asked; None stands for measures that every pupil was asked.
    refused: too small from the start. dropped: by the certificate. hidden: single measures.
    stopped: why nothing at all may be published yet; "" if something may. shown: by size of school.
    entry: for the ledger; None if the population was not given. Not part of the document.
    """

    certificates: Mapping[Years, Certificate]
    refused: tuple[tuple[Breakdown, str], ...]
    dropped: tuple[tuple[Breakdown, str], ...]
    hidden: tuple[tuple[Breakdown, str, str], ...]
    stopped: str = ""
    shown: tuple[Shown, ...] = ()
    entry: Entry | None = field(default=None, compare=False)

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
            "stopped": self.stopped,
            "shown": [each.to_row() for each in self.shown],
        }


def control(
    raw: RawCube,
    rules: RuleSet = STANDARD,
    measures: Measures = Measures(),  # noqa: B008 - frozen and empty
    *,
    authority: str,
    verdict_rule: VerdictRule = STANDARD_VERDICT,
    certified: bool = True,
    population: pd.DataFrame | None = None,
    ledger: Iterable[Entry] = (),
    weighted: Mapping[str, Floats] | None = None,
    earlier: Earlier | None = None,
    withhold: Collection[tuple[str, str]] = frozenset(),
    proofs: Mapping[Years, Certificate] | None = None,
) -> tuple[ReleasedCube, ControlReport]:
    """Decide what may be published, and publish it.

    Args:
        raw: counts by profile; unknown demographics already filled.
        authority: key of the borough's place.
        certified: False leaves the certificate out. For the attack's own tests, nothing else.
        population, ledger, weighted: as in `Beside`; the report then bears this release's entry.
        earlier: the released wave before, to set this one beside.
        withhold: (breakdown id, measure) that the attack asks to be left out.
        proofs: the certificates of an earlier call; all else but `withhold` must be the same.

    Raises:
        ValueError: a ledger or weights without the population.
    """
    if population is None and (ledger or weighted):
        raise ValueError("a ledger and weights need the population")
    beside = None if population is None else Beside(population, tuple(ledger), weighted or {})
    listed = candidates(raw.profiles, rules, authority)
    if not certified:
        proofs = {}
    elif proofs is None:
        proofs = _certificates(raw.profiles, listed, measures, rules, beside)
    kept = _kept(raw.profiles, listed, measures, rules, proofs)
    stopped = _stopped(kept[None], rules, authority)
    if stopped:
        kept = {years: frozenset() for years in kept}
    order = sorted(kept[None])
    groups = tuple(group for each in order for group in parts(raw.profiles, each, rules))
    sums = add_up(raw, measures, groups, authority)
    hidden = Judge(rules, sums, kept).withheld() | _asked_for(order, withhold)
    cells = _cells(sums, hidden, rules)
    dropped = proofs[None].dropped if certified else ()
    if stopped:
        dropped = tuple((each, stopped) for each in sorted(listed.offered))
    comparisons = _comparisons(sums, cells, rules, verdict_rule)
    cube = ReleasedCube(
        rules=f"{rules.name} {rules.version}",
        verdict_rule=f"{verdict_rule.name} {verdict_rule.version}",
        breakdowns=_fates(order, (*listed.refused, *dropped)),
        groups=tuple(
            ReleasedGroup(group_id(g), int(sums.sizes[row])) for g, row in sums.row.items()
        ),
        cells=cells,
        comparisons=comparisons,
        hidden=_by_breakdown(hidden),
        icc=between_schools(cells),
        elsewhere=elsewhere(cells, comparisons, sums.borough.place),
    )
    if earlier:
        compared = earlier.comparable
        cube = replace(
            cube,
            earlier=earlier.wave,
            since=since(cells, earlier, sums.borough.place, rules, verdict_rule),
            apart=compared.reasons,
            by_year=tuple(sorted(compared.measures - compared.whole)),
        )
    flat = tuple((breakdown, key, reason) for (breakdown, key), reason in hidden.items())
    entry = _entry(beside, groups, kept)
    left = shown(raw.profiles, listed.offered, order, rules)
    return cube, ControlReport(proofs, listed.refused, dropped, flat, stopped, left, entry)


def _certificates(
    profiles: pd.DataFrame,
    listed: Candidates,
    measures: Measures,
    rules: RuleSet,
    beside: Beside | None,
) -> dict[Years, Certificate]:
    """One certificate for all pupils, and one for every set of years that were asked alone.

    Others cannot be among the answers to a routed question, and a reader knows it: a combination
    that touches ten pupils of whom one was asked isolates one.
    """
    fixed = beside.fixed(profiles) if beside else None
    everybody = certify(profiles, listed.offered, rules, fixed=fixed)
    found: dict[Years, Certificate] = {None: everybody}
    for years in _routes(measures):
        some = profiles[profiles["year_group"].isin(years)].reset_index(drop=True)
        fixed = beside.fixed(some, years) if beside else None
        found[years] = certify(some, _fitting(some, everybody.kept, rules), rules, fixed=fixed)
    return found


def _stopped(kept: Collection[Breakdown], rules: RuleSet, authority: str) -> str:
    """Why nothing may be published: without the borough's total nothing else makes sense."""
    if Breakdown(Place("borough", authority)) in kept:
        return ""
    return (
        f"fewer than {rules.m} pupils could be isolated even in the totals: too few pupils, or "
        "too few whose answers have changed since the last release"
    )


def _asked_for(published: Iterable[Breakdown], withhold: Collection[tuple[str, str]]) -> Withheld:
    named = {breakdown.id: breakdown for breakdown in published}
    return {(named[where], key): ATTACKED for where, key in sorted(withhold) if where in named}


def _entry(
    beside: Beside | None,
    groups: Iterable[Group],
    kept: Mapping[Years, frozenset[Breakdown]],
) -> Entry | None:
    """What the ledger is to keep of this release."""
    if beside is None:
        return None
    chosen = list(groups)
    routes = {
        years: frozenset(group_id(group) for group in chosen if group.breakdown in breakdowns)
        for years, breakdowns in kept.items()
        if years is not None
    }
    names = [group_id(group) for group in chosen]
    return record(beside.population, names, routes, beside.weighted)


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
    """Every cell that may be shown.

    A measure that one part cannot show is withheld from the whole breakdown, and noted in
    `hidden`: the part would be the total less the other parts. A label in place of a small
    numerator is undone in the same way, and the noughts that come out of many small groups point
    at pupils: labels are for the main tables, and a split that needs one is left out.
    """
    made = {
        (group, key): cell(sums, key, group, rules)
        for group in sums.row
        for key, measure in sums.measures.items()
        if (group.breakdown, key) not in hidden and asked(group, measure)
    }
    for (group, key), each in made.items():
        if isinstance(each, Hidden):
            hidden[group.breakdown, key] = each.reason
        elif _is_label(each) and not rules.is_main(group.place.kind, group.breakdown.dims):
            hidden[group.breakdown, key] = RARE.format(count=rules.hidden_count)
    found: dict[str, dict[str, Cell]] = {group_id(group): {} for group in sums.row}
    for (group, key), each in made.items():
        if not isinstance(each, Hidden) and (group.breakdown, key) not in hidden:
            found[group_id(group)][key] = each
    return found


def _is_label(shown: Cell) -> bool:
    return isinstance(shown, HeadlineCell) and shown.percent is None


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
