"""From the raw cube to the released one. Nothing else in the project builds a `ReleasedCube`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from reports.disclosure.cells import answers_cell, headline_cell, score_cell
from reports.disclosure.certificate import Certificate, certify
from reports.disclosure.comparisons import Family, compare
from reports.disclosure.lattice import (
    Breakdown,
    Candidates,
    Group,
    Place,
    candidates,
    group_id,
    large_enough,
    membership,
    parts,
)
from reports.disclosure.released import (
    Cell,
    Comparison,
    Hidden,
    ReleasedBreakdown,
    ReleasedCube,
    released_group,
)
from reports.disclosure.rules import STANDARD, RuleSet
from reports.stats.cube import RawCube
from reports.stats.means import Summary, summarise
from reports.stats.measures import HeadlineMeasure, ItemMeasure, Measures, ScoreMeasure
from reports.stats.proportions import Floats
from reports.stats.verdicts import STANDARD as STANDARD_VERDICT
from reports.stats.verdicts import VerdictRule

Measure = ItemMeasure | ScoreMeasure | HeadlineMeasure
Years = frozenset[str] | None


@dataclass(frozen=True)
class ControlReport:
    """What was done and why; holds no answers.

    certificates: by the years asked; None stands for measures that every pupil was asked.
    hidden: (breakdown, measure, reason) withheld one by one.
    """

    certificates: Mapping[Years, Certificate]
    refused: tuple[tuple[Breakdown, str], ...]
    dropped: tuple[tuple[Breakdown, str], ...]
    hidden: tuple[tuple[Breakdown, str, str], ...]

    def to_document(self) -> dict[str, Any]:
        """As plain data, to store with the build."""
        proofs = [
            {
                "years": sorted(years) if years else None,
                "kept": len(proof.kept),
                "dropped": len(proof.dropped),
                "smallest": proof.smallest,
                "profiles": proof.profiles,
                "groups": proof.groups,
                "unproven": proof.unproven,
                "programs": proof.programs,
                "seconds": round(proof.seconds, 2),
            }
            for years, proof in self.certificates.items()
        ]
        return {
            "certificates": proofs,
            "refused": [[breakdown.id, reason] for breakdown, reason in self.refused],
            "dropped": [[breakdown.id, reason] for breakdown, reason in self.dropped],
            "hidden": [[breakdown.id, *why] for breakdown, *why in self.hidden],
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
    desk = _Desk(raw, rules, measures, authority, certified)
    cells = {group_id(group): desk.cells(group) for group in desk.groups}
    comparisons = {
        group_id(group): found
        for group in desk.groups
        if (found := desk.comparisons(group, cells, verdict_rule))
    }
    sizes = raw.profiles["n"].to_numpy() @ membership(raw.profiles, desk.groups)
    cube = ReleasedCube(
        rules=f"{rules.name} {rules.version}",
        verdict_rule=f"{verdict_rule.name} {verdict_rule.version}",
        breakdowns=desk.breakdowns(),
        groups=tuple(released_group(g, int(n)) for g, n in zip(desk.groups, sizes, strict=True)),
        cells={group: row for group, row in cells.items() if row},
        comparisons=comparisons,
        hidden=desk.hidden_by_breakdown(),
    )
    return cube, desk.report()


@dataclass
class _Desk:
    """One run of control: what is kept, the groups' exact sums, and what was withheld on the way."""

    raw: RawCube
    rules: RuleSet
    measures: Measures
    authority: str
    certified: bool
    hidden: dict[tuple[Breakdown, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.all: dict[str, Measure] = {
            **self.measures.items,
            **self.measures.scores,
            **self.measures.headlines,
        }
        profiles = self.raw.profiles
        self.candidates: Candidates = candidates(profiles, self.rules, self.authority)
        self.certificates: dict[Years, Certificate] = {}
        self.kept: dict[Years, frozenset[Breakdown]] = {
            None: self._certified(profiles, self.candidates.offered, None)
        }
        for years in {each.years for each in self.all.values()} - {None}:
            self.kept[years] = self._kept_for(years or frozenset())
        self.groups: tuple[Group, ...] = tuple(
            group
            for breakdown in sorted(self.kept[None])
            for group in parts(profiles, breakdown, self.rules)
        )
        self._add_up()
        self._judge()

    def _certified(
        self, profiles: pd.DataFrame, offered: Iterable[Breakdown], years: Years
    ) -> frozenset[Breakdown]:
        if not self.certified:
            return frozenset(offered)
        proof = certify(profiles, offered, self.rules)
        self.certificates[years] = proof
        return frozenset(proof.kept)

    def _kept_for(self, years: frozenset[str]) -> frozenset[Breakdown]:
        """What may be published of a question that only some years were asked.

        Others cannot be among its answers, and a reader knows it: a combination of ten pupils of
        whom one was asked isolates one. So it has its own certificate, over those asked.
        """
        asked = self.raw.profiles[self.raw.profiles["year_group"].isin(years)]
        offered = [
            breakdown
            for breakdown in sorted(self.kept[None])
            if large_enough(asked, breakdown, self.rules) == breakdown
        ]
        return self._certified(asked, offered, years) & self.kept[None]

    def _add_up(self) -> None:
        """Exact sums of every measure over every group: (G, columns)."""
        member = membership(self.raw.profiles, self.groups).T.astype(float)
        raw = self.raw
        self.sums: dict[str, Floats] = {
            **{key: member @ raw.counts[key] for key in self.measures.items},
            **{key: member @ raw.moments[key] for key in self.measures.scores},
            **{key: member @ raw.headlines[key] for key in self.measures.headlines},
        }
        self.row: dict[Group, int] = {group: row for row, group in enumerate(self.groups)}
        self.borough: Group = Group(Place("borough", self.authority))

    def _judge(self) -> None:
        """Withhold whole breakdowns measure by measure."""
        rows: dict[Breakdown, list[int]] = {}
        for group, row in self.row.items():
            rows.setdefault(group.breakdown, []).append(row)
        bases = {key: self._base(key) for key in self.all}
        for breakdown, members in rows.items():
            for key, measure in self.all.items():
                reason = self._reason(breakdown, key, measure)
                asked = [row for row in members if self._was_asked(self.groups[row], measure)]
                if not reason and (not asked or bases[key][asked].min() < self.rules.k):
                    reason = f"A group has fewer than {self.rules.k} answers."
                if reason:
                    self.hidden[breakdown, key] = reason

    def _was_asked(self, group: Group, measure: Measure) -> bool:
        year = dict(group.values).get("year_group")
        return measure.years is None or year is None or year in measure.years

    def _base(self, key: str) -> Floats:
        """Valid answers of each group (G,)."""
        if key in self.measures.items:
            return self.sums[key][:, np.array(self.raw.codes[key]) >= 0].sum(axis=1)
        return self.sums[key][:, 0]

    def _reason(self, breakdown: Breakdown, key: str, measure: Measure) -> str:
        """Why the rules keep a measure out of a breakdown; "" if they do not."""
        kind, dims = breakdown.place.kind, breakdown.dims
        if breakdown not in self.kept[measure.years]:
            return "Not everybody was asked this, and those asked would be too few to hide among."
        if measure.sensitive and not self._sensitive_allowed(kind, dims):
            return "A sensitive subject: shown for the whole school, locality or borough only."
        answers = isinstance(measure, ItemMeasure)
        few = isinstance(measure, HeadlineMeasure) and not self._two_way(key)
        if (answers or few) and (kind, dims) not in self.rules.answers_at:
            return "Shown for the whole borough, localities, schools and their year groups only."
        return ""

    def _sensitive_allowed(self, kind: str, dims: tuple[str, ...]) -> bool:
        if kind == "borough":
            return set(dims) <= set(self.rules.sensitive_dims) and len(dims) <= 1
        return kind in self.rules.sensitive_kinds and not dims

    def _two_way(self, key: str) -> bool:
        """Both answers are common enough in the borough for zeros elsewhere to tell nothing."""
        if self.borough not in self.row:
            return False
        n, met = self.sums[key][self.row[self.borough]]
        floor = self.rules.two_way_share
        return bool(n > 0 and floor <= met / n <= 1 - floor)

    def cells(self, group: Group) -> dict[str, Cell]:
        """Every published cell of a group."""
        found: dict[str, Cell] = {}
        for key, measure in self.all.items():
            if (group.breakdown, key) in self.hidden or not self._was_asked(group, measure):
                continue
            cell = self._cell(group, key)
            if isinstance(cell, Hidden):
                self.hidden[group.breakdown, key] = cell.reason
            else:
                found[key] = cell
        return found

    def _cell(self, group: Group, key: str) -> Cell | Hidden:
        sums = self.sums[key][self.row[group]]
        if key in self.measures.items:
            return answers_cell(self.raw.codes[key], sums, self.rules)
        if key in self.measures.headlines:
            return headline_cell(int(sums[1]), int(sums[0]), group.place.kind, self.rules)
        spread = float(self._ruler(key).sd)
        return score_cell(summarise(*sums), spread, self.measures.scores[key], self.rules)

    def _ruler(self, key: str) -> Summary:
        """The borough's pupils: one SD for all schools."""
        return summarise(*self.sums[key][self.row[self.borough]])

    def comparisons(
        self, group: Group, cells: Mapping[str, Mapping[str, Cell]], rule: VerdictRule
    ) -> dict[str, Comparison]:
        """A school's group against all other schools' pupils of the same values."""
        other = Group(self.borough.place, group.values)
        if group.place.kind != "school" or other not in self.row or not self._enough(group):
            return {}
        both = set(cells[group_id(group)]) & set(cells[group_id(other)])
        exact = [key for key in self.measures.headlines if key in both and self._exact(key, group)]
        exact = [key for key in exact if self._exact(key, other)]
        scores = [key for key in self.measures.scores if key in both]
        own, all_ = self.row[group], self.row[other]
        family = Family(
            tuple(exact),
            self._stack(exact, own, 2),
            self._stack(exact, all_, 2),
            tuple(scores),
            self._stack(scores, own, 3),
            self._stack(scores, all_, 3),
            np.array([float(self._ruler(key).sd) for key in scores]),
        )
        return compare(family, self.rules, rule)

    def _stack(self, keys: list[str], row: int, width: int) -> Floats:
        return np.array([self.sums[key][row] for key in keys], dtype=float).reshape(-1, width)

    def _exact(self, key: str, group: Group) -> bool:
        """A hidden numerator must not come back as a difference."""
        n, met = self.sums[key][self.row[group]]
        return headline_cell(int(met), int(n), group.place.kind, self.rules).count is not None

    def _enough(self, group: Group) -> bool:
        """Enough other schools have pupils of the same values."""
        member = membership(self.raw.profiles, [Group(self.borough.place, group.values)])[:, 0]
        schools = set(self.raw.profiles.loc[member, "school"]) - {group.place.key}
        return len(schools) >= self.rules.min_other_schools

    def dropped(self) -> tuple[tuple[Breakdown, str], ...]:
        proof = self.certificates.get(None)
        return proof.dropped if proof else ()

    def breakdowns(self) -> tuple[ReleasedBreakdown, ...]:
        """Everything on the list, published or withheld."""
        published = [
            ReleasedBreakdown(each.place, each.dims, "published")
            for each in sorted(self.kept[None])
        ]
        withheld = [
            ReleasedBreakdown(each.place, each.dims, "withheld", f"Withheld: {reason}.")
            for each, reason in (*self.candidates.refused, *self.dropped())
        ]
        return (*published, *withheld)

    def hidden_by_breakdown(self) -> dict[str, dict[str, str]]:
        """Reasons as the released cube keeps them; answers have one reason for all, not stored."""
        found: dict[str, dict[str, str]] = {}
        for (breakdown, key), reason in self.hidden.items():
            found.setdefault(breakdown.id, {})[key] = reason
        return found

    def report(self) -> ControlReport:
        """What was done and why."""
        hidden = tuple((each, key, reason) for (each, key), reason in self.hidden.items())
        return ControlReport(self.certificates, self.candidates.refused, self.dropped(), hidden)
