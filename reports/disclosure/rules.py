"""The numbers that decide what may be published, as one frozen, named, versioned object."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

STATEMENT = "No calculation from our published tables can isolate fewer than ten pupils."
NOT_COVERED = (
    "It does not cover what friends know from elsewhere, groups whose members all answered the "
    "same, or free text, which is never published."
)

# Least important last: what is dropped first when a combination would isolate a few pupils.
PRIORITY = (
    ("borough", 0),
    ("locality", 0),
    ("school", 0),
    ("borough", 1),
    ("locality", 1),
    ("school", 1),
    ("ward", 0),
    ("borough", 2),
    ("school", 2),
    ("locality", 2),
    ("ward", 1),
)


@dataclass(frozen=True)
class RuleSet:
    """Rules of one release.

    k, m: no part of a breakdown, and no combination of published numbers, below ten pupils:
        the promise made to pupils (docs/disclosure.md).
    one_way, pairs: the closed list of demographics by which groups are made; `pairs` are not
        offered for wards.
    ladder: the coarser form that stands in for a demographic with too small a part.
    totals_only: categories counted in totals but never a part of their own.
    priority: (kind of place, number of demographics), most important first.
    min_schools, max_school_share: a public area needs three schools and none with more than
        80 % of its pupils, so that an area's figures are not one school's.
    min_other_schools: a comparison needs three other schools, for the same reason.
    sd_base: an SD for fewer than 30 pupils says too much about the furthest of them.
    two_way_share: an indicator with both sides at 10 % in the borough may be shown everywhere:
        in trials by linear program none of 500 such answers was revealed by zeros.
    ward_multiple: ward numerators are rounded to multiples of 3.
    hidden_count: numerators (of either side) under 3 are not told apart from nought.
    extreme_base: the base from which such a share is surely under 5 %: 2 of 41 is 4.9 %.
    answers_at: the only breakdowns with full answer distributions, as (kind, demographics).
    sensitive_kinds, sensitive_dims: sensitive measures stay at these places' totals, and in the
        borough may be split by these demographics only.
    """

    name: str = "whole-breakdowns"
    version: int = 1
    k: int = 10
    m: int = 10
    one_way: tuple[str, ...] = ("year_group", "sex", "fsm", "sen_detail")
    pairs: tuple[tuple[str, str], ...] = (
        ("sex", "year_group"),
        ("fsm", "year_group"),
        ("sen_detail", "year_group"),
    )
    ladder: tuple[tuple[str, str], ...] = (("sen_detail", "sen"),)
    totals_only: tuple[tuple[str, str], ...] = (("sex", "X"),)
    priority: tuple[tuple[str, int], ...] = PRIORITY
    min_schools: int = 3
    max_school_share: float = 0.8
    min_other_schools: int = 3
    sd_base: int = 30
    two_way_share: float = 0.10
    ward_multiple: int = 3
    hidden_count: int = 3
    extreme_base: int = 41
    answers_at: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("borough", ()),
        ("locality", ()),
        ("school", ()),
        ("school", ("year_group",)),
    )
    sensitive_kinds: tuple[str, ...] = ("borough", "locality", "school")
    sensitive_dims: tuple[str, ...] = ("year_group", "sex")

    def coarser(self, dims: tuple[str, ...]) -> tuple[str, ...] | None:
        """The same demographics one step down the ladder; None where there is no step."""
        steps: Mapping[str, str] = dict(self.ladder)
        if not any(dim in steps for dim in dims):
            return None
        return tuple(sorted(steps.get(dim, dim) for dim in dims))

    def rank(self, kind: str, dims: tuple[str, ...]) -> int:
        """Place in the order of importance; the larger, the sooner it is dropped."""
        return self.priority.index((kind, len(dims)))

    def to_document(self) -> dict[str, Any]:
        """As plain data, to store with a release and to print."""
        return asdict(self)


STANDARD = RuleSet()
