"""What the survey's share would make of all children, beside how many a register held."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from reports.external.matching import Definition
from reports.registers.counts import Count

APART = 366  # days at most between the fieldwork and the register's day


@dataclass(frozen=True)
class Series:
    """The counts of one register on one day: of the whole borough, by year group, by locality.

    others: of localities that are not those of the wave it stands beside.
    """

    whole: Count
    years: tuple[Count, ...]
    localities: tuple[Count, ...]
    others: tuple[Count, ...] = ()

    def placed(self, codes: Mapping[str, str]) -> "Series":
        """With the localities of a wave: `codes` there of those that are the same."""
        here = [count for count in self.localities if count.place in codes]
        others = (count for count in self.localities if count.place not in codes)
        moved = (replace(count, place=codes[count.place]) for count in here)
        return replace(self, localities=tuple(moved), others=tuple(others))


@dataclass(frozen=True)
class Estimate:
    """Children of a group if the survey's share held for all of them: a number and its ends.

    known: for every 100 of these, how many the register held (likely, least, most); None where
    the register held fewer than ten. most is None where the survey's lower end is nought.
    """

    likely: float
    low: float
    high: float
    known: tuple[float, float, float | None] | None


def estimate(percent: float, low: float, high: float, count: Count) -> Estimate:
    """A released share and its interval, carried over to all the children of a count.

    The register's count and the number of children are counts and have no interval, so the ends
    of the share are the ends of all that is made of it. percent, low, high: above 0, to 100.
    """
    likely, least, most = (end / 100 * count.of for end in (percent, low, high))
    if count.known is None:
        return Estimate(likely, least, most, None)
    for_each_100 = 100 * count.known / likely, 100 * count.known / most
    known = (*for_each_100, 100 * count.known / least if least else None)
    return Estimate(likely, least, most, known)


def series(counts: Iterable[Count]) -> tuple[Series, ...]:
    """Counts as they were read, put together by measure and day."""
    sets: dict[tuple[str, str], list[Count]] = {}
    for count in counts:
        sets.setdefault((count.measure, count.as_of), []).append(count)
    return tuple(_series(together) for together in sets.values())


def match(one: Series, ours: Iterable[Definition], first: date, last: date) -> Definition | str:
    """The headline that a series stands beside in a wave, or a sentence saying why in none.

    Args:
        ours: what the wave measures. first, last: the days of its fieldwork.
    """
    count = one.whole
    heads = (each for each in ours if each.statistic == "percent")
    found = next((each for each in heads if each.column == count.measure), None)
    if found is None:
        return f"There is no headline called {count.measure} in this wave."
    if count.year_groups != found.years:
        asked, told = " and ".join(found.years), " and ".join(count.year_groups)
        return f"Year groups: ours are {asked}, the register's {told}."
    if _days(one, first, last) > APART:
        return f"Day: {count.as_of} is more than a year from the lessons of this wave."
    return found


def for_wave(
    counts: Iterable[Count], ours: tuple[Definition, ...], first: date, last: date
) -> dict[str, Series]:
    """By headline the series that stands beside it: the one nearest to the lessons."""
    found = [one for one in series(counts) if not isinstance(match(one, ours, first, last), str)]
    # The nearest last, so that it is the one that stays.
    ordered = sorted(found, key=lambda one: (-_days(one, first, last), one.whole.as_of))
    return {one.whole.measure: one for one in ordered}


def _series(counts: list[Count]) -> Series:
    boroughs = [count for count in counts if count.place_kind == "borough"]
    whole = max(boroughs, key=lambda count: len(count.year_groups))
    years = sorted(
        (count for count in boroughs if count is not whole), key=lambda c: int(c.year_groups[0])
    )
    places = (count for count in counts if count.place_kind == "locality")
    return Series(whole, tuple(years), tuple(places))


def _days(one: Series, first: date, last: date) -> int:
    """From the register's day to the fieldwork; nought within it."""
    day = date.fromisoformat(one.whole.as_of)
    return max((first - day).days, (day - last).days, 0)
