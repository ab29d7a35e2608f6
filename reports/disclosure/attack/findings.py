"""What an attack came to: things that ought not to be possible, and how much was tried."""

from dataclasses import asdict, dataclass
from typing import Any

from reports.disclosure.lattice import Breakdown


@dataclass(frozen=True)
class Finding:
    """Something that ought not to be possible.

    kind: count, combination, subtraction, bases, zero, contradiction, or bound.
    measure, breakdowns: whose answers leak and which tables say so, where that is known.
    """

    kind: str
    recipe: str
    pupils: int
    measure: str = ""
    breakdowns: tuple[Breakdown, ...] = ()

    def __str__(self) -> str:
        return self.recipe

    def to_document(self) -> dict[str, Any]:
        """As plain data, for the staff's report of a build."""
        words = {"kind": self.kind, "recipe": self.recipe, "pupils": self.pupils}
        return {**words, "measure": self.measure, "breakdowns": [b.id for b in self.breakdowns]}


@dataclass(frozen=True)
class Narrowest:
    """The tightest bounds that all published numbers of a measure give for so few pupils.

    low, high: how many of the `pupils` gave the answer `code`, at least and at most; of a score
    (`code` 0), the sum of their points above the scale's minimum.
    """

    measure: str
    code: int
    pupils: int
    low: float
    high: float

    def __str__(self) -> str:
        ends = f"between {self.low:.3g} and {self.high:.3g} of {self.pupils}"
        return f"{self.measure}, answer {self.code}: {ends}"


@dataclass(frozen=True)
class Findings:
    """What the attack found, and how much it had to go on.

    counts: protected counts bounded (a small group and an answer each). programs: linear programs
    that took. unsettled: counts for which the programs allowed were not enough to tell.
    """

    found: tuple[Finding, ...] = ()
    groups: int = 0
    profiles: int = 0
    sums_tried: int = 0
    measures: int = 0
    counts: int = 0
    programs: int = 0
    unsettled: int = 0
    narrowest: tuple[Narrowest, ...] = ()

    def to_document(self) -> dict[str, Any]:
        """As plain data, for the staff's report of a build. The bounds themselves stay out:
        they are about a few pupils each, and staff have no need of them."""
        plain = asdict(self) | {"found": [each.to_document() for each in self.found]}
        del plain["narrowest"]
        return plain
