"""No table of counts is kept from which fewer than ten children could be worked out."""

from dataclasses import replace
from itertools import product

import hypothesis.strategies as st
import pytest
from hypothesis import assume, given

from reports.registers.counts import Count
from reports.registers.few import faults

LOCALITIES = (frozenset({"north", "south"}), frozenset({"east"}))
WHOLE = Count(
    register="Young carers",
    measure="carer",
    as_of="2026-03-31",
    source="Us",
    definition="Assessed",
    place_kind="borough",
    place="E1",
    year_groups=("8", "10"),
    known=100,
    of=2000,
)


def year(group: str, known: int | None, of: int) -> Count:
    return replace(WHOLE, year_groups=(group,), known=known, of=of)


def place(name: str, known: int | None, of: int) -> Count:
    return replace(WHOLE, place_kind="locality", place=name, known=known, of=of)


YEARS = (year("8", 40, 900), year("10", 60, 1100))
PLACES = (place("north", 45, 1000), place("south", 40, 900))


def told(*counts: Count) -> list[str]:
    return [str(each) for each in faults(list(enumerate(counts, start=2)), LOCALITIES)]


@pytest.mark.parametrize(
    "counts",
    [
        (WHOLE,),
        (replace(WHOLE, known=None),),
        (WHOLE, *YEARS),
        (WHOLE, *PLACES),
        (*PLACES, *YEARS, WHOLE),
        # Nobody lives outside the localities.
        (WHOLE, place("north", 60, 1000), place("south", 40, 1000)),
        (WHOLE, replace(WHOLE, as_of="2025-03-31", known=95)),
        (WHOLE, replace(WHOLE, measure="lonely", register="Another")),
    ],
)
def test_right_together(counts: tuple[Count, ...]) -> None:
    assert told(*counts) == []


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        # 100 - 60 - 31: nine live in no locality.
        (
            (WHOLE, place("north", 60, 1000), place("south", 31, 900)),
            "Row 3: the borough less its localities leaves fewer than ten on or off the register",
        ),
        # None of the hundred who live in no locality is known: a nought is fewer than ten.
        (
            (WHOLE, place("north", 60, 1000), place("south", 40, 900)),
            "Row 3: the borough less its localities leaves fewer than ten on or off the register",
        ),
        # All but five of the twenty who live in no locality are known.
        (
            (WHOLE, place("north", 45, 1080), place("south", 40, 900)),
            "Row 3: the borough less its localities leaves fewer than ten on or off the register",
        ),
        (
            (WHOLE, place("north", 70, 1000), place("south", 40, 900)),
            "Row 3: the localities add up to more than the whole borough",
        ),
        (
            (WHOLE, place("north", 45, 1200), place("south", 40, 900)),
            "Row 3: the localities add up to more than the whole borough",
        ),
        (
            (WHOLE, place("north", 90, 1000), place("south", None, 1000)),
            "Row 4, known: fewer than ten would come out by subtraction: leave all of them out",
        ),
        (
            (WHOLE, place("north", 90, 1000)),
            "Row 3, place: not all localities are there: leave all of them out",
        ),
        (
            (WHOLE, year("8", 95, 900), year("10", None, 1100)),
            "Row 4, known: fewer than ten would come out by subtraction: leave all of them out",
        ),
        (
            (WHOLE, year("8", 95, 900)),
            "Row 3, year_groups: not all are there: leave all of them out",
        ),
        (
            (WHOLE, year("8", 40, 900), year("10", 52, 1100)),
            "Row 3: the year groups do not add up to the whole borough",
        ),
        (
            (WHOLE, year("8", 40, 900), year("10", 60, 1000)),
            "Row 3: the year groups do not add up to the whole borough",
        ),
        (
            (replace(WHOLE, known=None), year("8", None, 900), year("10", None, 1100)),
            "Row 3, known: fewer than ten in the whole borough: leave all of them out",
        ),
        ((place("north", 45, 1000),), "Row 2: the whole borough is missing"),
        ((WHOLE, year("9", 40, 900)), "Row 3, year_groups: is neither 8 10 nor one of them"),
        (
            (WHOLE, replace(WHOLE, year_groups=("7", "8"), known=40)),
            "Row 3, year_groups: is neither 8 10 nor one of them",
        ),
        (
            (WHOLE, replace(PLACES[0], year_groups=("8",))),
            "Row 3, year_groups: is 8 10 for a locality, as for the borough",
        ),
        # Two lists at one headline: those assessed less those with a plan may be few.
        (
            (WHOLE, replace(year("8", 40, 900), register="With a plan"), YEARS[1]),
            "Row 3, register: is not that of row 2: a headline has one",
        ),
    ],
)
def test_wrong_together(counts: tuple[Count, ...], reason: str) -> None:
    (problem,) = told(*counts)
    assert problem.startswith(reason)


def test_each_measure_and_day_is_asked_by_itself() -> None:
    found = told(WHOLE, replace(YEARS[0], as_of="2025-03-31"), replace(WHOLE, measure="lonely"))
    assert found == []  # in its own set the year is the whole borough


NUMBERS = st.integers(min_value=0, max_value=30)
CELLS = st.tuples(NUMBERS, NUMBERS, NUMBERS)  # north, south, no locality


@given(CELLS, CELLS, st.booleans(), st.booleans())
def test_nothing_that_passes_tells_of_fewer_than_ten(
    eight: tuple[int, int, int], ten: tuple[int, int, int], by_year: bool, by_place: bool
) -> None:
    """Against every table that a reader could think of: with the kept sums, each group of one year,
    of one locality, and of both, can have ten or more in some of them and is exact in none."""
    both = [a + b for a, b in zip(eight, ten, strict=True)]
    assume(sum(both) >= 10)
    whole = replace(WHOLE, known=sum(both), of=3000)
    counts = [whole]
    if by_year:
        counts += [year("8", few(sum(eight)), 1500), year("10", few(sum(ten)), 1500)]
    if by_place:
        counts += [place("north", few(both[0]), 1200), place("south", few(both[1]), 1200)]
    if told(*counts):
        return
    groups = {"whole": sum(both)}
    if by_year:
        groups |= {"8": sum(eight), "10": sum(ten)}
    if by_place:
        groups |= {"north": both[0], "south": both[1], "elsewhere": both[2]}
        groups |= {"not north": both[1] + both[2], "not south": both[0] + both[2]}
    assert min(groups.values()) >= 10
    if by_year and by_place:
        for year_sum, place_sum in product((sum(eight), sum(ten)), both):
            least, most = max(0, year_sum + place_sum - sum(both)), min(year_sum, place_sum)
            assert least < most
            assert most >= 10


def few(number: int) -> int | None:
    """As a council writes it."""
    return number if number >= 10 else None
