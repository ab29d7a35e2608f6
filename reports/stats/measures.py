"""What is measured: the wave's codebook as plain data, handed in by the caller."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Direction = Literal["higher_better", "lower_better"] | None

SKIPPED, NOT_REACHED, NOT_ASKED = -1, -2, -3
NON_ANSWERS = (SKIPPED, NOT_REACHED, NOT_ASKED)


@dataclass(frozen=True)
class ItemMeasure:
    """One question: its option codes (>= 0) and, where only some years are asked, those years.

    Years matter for safety: of ten pupils of whom one was asked, one pupil's answer is shown.
    """

    codes: tuple[int, ...]
    sensitive: bool = False
    years: frozenset[str] | None = None


@dataclass(frozen=True)
class ScoreMeasure:
    """One scale: the ends of its range and which end is the good one."""

    minimum: float
    maximum: float
    integer: bool = True
    direction: Direction = None
    sensitive: bool = False
    years: frozenset[str] | None = None


@dataclass(frozen=True)
class HeadlineMeasure:
    """One named yes/no recode: 1 meets the threshold, 0 does not, NaN no valid answer."""

    sensitive: bool = False
    direction: Direction = None
    years: frozenset[str] | None = None


Measure = ItemMeasure | ScoreMeasure | HeadlineMeasure


@dataclass(frozen=True)
class Measures:
    """All measures of a wave; a key is used once over the three kinds."""

    items: Mapping[str, ItemMeasure] = field(default_factory=dict)
    scores: Mapping[str, ScoreMeasure] = field(default_factory=dict)
    headlines: Mapping[str, HeadlineMeasure] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a key used twice: a cell is found by its measure's key alone.

        Raises:
            ValueError: naming the keys used twice.
        """
        keys = [*self.items, *self.scores, *self.headlines]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice:
            raise ValueError(f"measure keys used more than once: {', '.join(twice)}")

    @property
    def all(self) -> dict[str, Measure]:
        """Every measure by its key."""
        return {**self.items, **self.scores, **self.headlines}


@dataclass(frozen=True)
class Comparable:
    """What may be compared with the wave before.

    measures: headlines and scores, by key. whole: those of them that the same year groups were
    asked both times, so that groups across years may be compared too. reasons: why the others may
    not be compared, in words for readers.
    """

    measures: frozenset[str]
    whole: frozenset[str]
    reasons: Mapping[str, str] = field(default_factory=dict)
