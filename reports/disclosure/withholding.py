"""Measure by measure: what is withheld from a breakdown that is otherwise safe, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reports.disclosure.lattice import Breakdown, Group
from reports.disclosure.ledger import Years
from reports.disclosure.rules import RuleSet
from reports.disclosure.sums import Sums
from reports.stats.measures import HeadlineMeasure, ItemMeasure, Measure

ROUTED = "Not everybody was asked this, and those asked would be too few to hide among."
SENSITIVE = "A sensitive subject: shown for the whole school, locality or borough only."
PLACES = "Shown for the whole borough, localities, schools and their year groups only."
RARE = "Fewer than {count} pupils of a group said this, or fewer than {count} did not."
ATTACKED = "Together with other published figures, answers of few pupils could be worked out."


@dataclass(frozen=True)
class Judge:
    """The item rules, with what they are judged on."""

    rules: RuleSet
    sums: Sums
    kept: Mapping[Years, frozenset[Breakdown]]

    def withheld(self) -> dict[tuple[Breakdown, str], str]:
        """Every (breakdown, measure) that is withheld whole, with the reason."""
        members: dict[Breakdown, list[Group]] = {}
        for group in self.sums.row:
            members.setdefault(group.breakdown, []).append(group)
        found = {
            (breakdown, key): self.reason(breakdown, groups, key)
            for breakdown, groups in members.items()
            for key in self.sums.measures
        }
        return {where: reason for where, reason in found.items() if reason}

    def reason(self, breakdown: Breakdown, groups: Iterable[Group], key: str) -> str:
        """Why a measure is withheld from a breakdown; "" if it is not."""
        measure = self.sums.measures[key]
        if breakdown not in self.kept[measure.years]:
            return ROUTED
        if measure.sensitive and not self._mild(breakdown):
            return SENSITIVE
        if not self._everywhere(key) and not self._listed(breakdown):
            return PLACES
        bases = [self.sums.base(key, group) for group in groups if asked(group, measure)]
        if min(bases, default=0) < self.rules.k:
            return f"A group has fewer than {self.rules.k} answers."
        return ""

    def _mild(self, breakdown: Breakdown) -> bool:
        """May a sensitive measure be shown here?"""
        kind, dims = breakdown.place.kind, breakdown.dims
        if kind == "borough":
            return len(dims) <= 1 and set(dims) <= set(self.rules.sensitive_dims)
        return kind in self.rules.sensitive_kinds and not dims

    def _listed(self, breakdown: Breakdown) -> bool:
        return self.rules.is_main(breakdown.place.kind, breakdown.dims)

    def _everywhere(self, key: str) -> bool:
        """Scores, and headlines both of whose sides are too common for a zero to tell anything."""
        measure = self.sums.measures[key]
        if not isinstance(measure, HeadlineMeasure):
            return not isinstance(measure, ItemMeasure)
        n, met = self.sums.of(key, self.sums.borough)
        floor = self.rules.two_way_share
        return bool(n > 0 and floor <= met / n <= 1 - floor)


def asked(group: Group, measure: Measure) -> bool:
    """Were pupils of this group asked at all?"""
    year = dict(group.values).get("year_group")
    return measure.years is None or year is None or year in measure.years
