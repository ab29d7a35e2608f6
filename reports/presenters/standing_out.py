"""What stands out in a borough by locality and by group, by the rule of the school reports.

A locality is tested against the rest of the borough, a group against its other half, each from
two released cells that share no pupil. One family: every test of the page is adjusted for.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from reports.charts.words import number
from reports.disclosure.cells import extreme
from reports.disclosure.released import HeadlineCell
from reports.disclosure.rules import STANDARD as RULES
from reports.narrative import WORDS
from reports.presenters import labels
from reports.presenters.gaps import pairs_of, side
from reports.presenters.outline import Headline
from reports.presenters.sources import Source
from reports.stats.adjust import benjamini_hochberg
from reports.stats.proportions import score_test
from reports.stats.verdicts import STANDARD, standardised, verdict


@dataclass(frozen=True)
class Compared:
    """x of n pupils on two sides; `who` and `other` as they stand in a sentence."""

    heading: str
    head: Headline
    who: str
    other: str
    x: int
    n: int
    other_x: int
    other_n: int

    @property
    def share(self) -> float:
        """Percent of the first side, as released."""
        return round(100 * self.x / self.n, 1)

    @property
    def against(self) -> float:
        """Percent of the other side."""
        return round(100 * self.other_x / self.other_n, 1)

    @property
    def size(self) -> float:
        """The difference in SDs of pupils, whatever its sign."""
        return abs(standardised(self.share - self.against, self.against))


@dataclass(frozen=True)
class Standing:
    """A locality, or two groups: sentences in the order of the questionnaire.

    more: how many others stand out that are not told here.
    """

    heading: str
    sentences: tuple[str, ...]
    more: int


def stands_out(borough: Source, localities: Sequence[Source]) -> tuple[Standing, ...]:
    """For each locality and pair of groups the largest differences, five at most."""
    return _standing_out([*_by_locality(borough, localities), *_by_group(borough)])


def groups_apart(source: Source) -> tuple[Standing, ...]:
    """For each pair of groups of one place the largest differences, five at most."""
    return _standing_out(list(_by_group(source)))


def _standing_out(tests: Sequence[Compared]) -> tuple[Standing, ...]:
    tests = [each for each in tests if min(each.n, each.other_n) >= STANDARD.min_base]
    if not tests:
        return ()
    columns = np.array([(t.x, t.n, t.other_x, t.other_n) for t in tests], dtype=float).T
    adjusted = benjamini_hochberg(score_test(*columns))
    told = [(t, _verdict(t, float(p))) for t, p in zip(tests, adjusted, strict=True)]
    clear = [(t, word) for t, word in told if word != "same"]
    return tuple(
        _standing(name, list(found)) for name, found in groupby(clear, key=lambda e: e[0].heading)
    )


def _verdict(test: Compared, p: float) -> str:
    return verdict(p, test.share - test.against, "points")


def _standing(heading: str, found: list[tuple[Compared, str]]) -> Standing:
    largest = sorted(found, key=lambda each: -each[0].size)[: STANDARD.most]
    kept = [each for each in found if each in largest]
    return Standing(heading, tuple(_said(*each) for each in kept), len(found) - len(kept))


def _said(test: Compared, word: str) -> str:
    share, other = (number(each, 0, "") for each in (test.share, test.against))
    return f"{share} in 100 {test.who} {test.head.label}. {WORDS[word]} {test.other} ({other})."


def _heads(source: Source) -> Iterator[Headline]:
    return (head for topic in source.outline.topics for head in topic.headlines)


def _by_locality(borough: Source, localities: Iterable[Source]) -> Iterator[Compared]:
    for place in sorted(localities, key=lambda each: each.name.casefold()):
        for head in _heads(borough):
            own, whole = _count(place, head), _count(borough, head)
            if own and whole:
                rest = whole[0] - own[0], whole[1] - own[1]
                # A nought on the other side must not come back by subtraction.
                if rest[1] > 0 and not extreme(*rest, RULES):
                    other = f"in the rest of {borough.name}"
                    yield Compared(place.name, head, f"pupils in {place.name}", other, *own, *rest)


def _by_group(borough: Source) -> Iterator[Compared]:
    for dim, *codes in pairs_of(borough):
        groups = [((dim, code),) for code in codes]
        who, other = map(labels.pupils, groups)
        heading = f"{who[:1].upper()}{who[1:]} and {other}"
        for head in _heads(borough):
            one, two = (side(borough, values, head.key) for values in groups)
            if one and two:
                numbers = (one.count, one.n, two.count, two.n)
                yield Compared(heading, head, who, f"for {other}", *numbers)


def _count(source: Source, head: Headline) -> tuple[int, int] | None:
    found = source.cube.cell(source.group(), head.key)
    if not isinstance(found, HeadlineCell) or found.count is None:
        return None
    return found.count, found.n
