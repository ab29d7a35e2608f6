"""What a share makes of all children, worked by hand; and which register stands beside what."""

from dataclasses import replace
from datetime import date

import pytest

from reports.external import Definition
from reports.registers import Count, Estimate, estimate, for_wave, match, series

CARER = Definition("carer", "carer", "percent", "raw", "1", 0, 100, ("8", "10"))
MOOD = Definition("mood", "mood", "mean", "raw", "", 2, 8, ("8", "10"))
FIRST, LAST = date(2026, 6, 8), date(2026, 7, 17)
WHOLE = Count(
    register="Young carers",
    measure="carer",
    as_of="2026-03-31",
    source="Us",
    definition="Assessed",
    place_kind="borough",
    place="E1",
    year_groups=("8", "10"),
    known=141,
    of=6350,
)
NORTH = replace(WHOLE, place_kind="locality", place="north", known=60, of=3000)
TEN = replace(WHOLE, year_groups=("10",), known=80, of=3100)
EIGHT = replace(WHOLE, year_groups=("8",), known=61, of=3250)


def test_a_share_and_its_ends_carried_over_by_hand() -> None:
    """8.4 % of 6,350 is 533.4; 7.5 % is 476.25; 9.4 % is 596.9. 141 of these: 26.4, 23.6, 29.6."""
    found = estimate(8.4, 7.5, 9.4, WHOLE)
    assert (found.likely, found.low, found.high) == pytest.approx((533.4, 476.25, 596.9))
    assert found.known == pytest.approx((26.434, 23.622, 29.606), abs=0.001)


def test_more_known_than_the_survey_makes_is_more_than_a_hundred() -> None:
    found = estimate(2.0, 1.0, 4.0, replace(WHOLE, known=300, of=1000))
    assert found.known == pytest.approx((1500.0, 750.0, 3000.0))


def test_without_a_number_known_or_a_lower_end_there_is_no_share_of_it() -> None:
    assert estimate(8.4, 7.5, 9.4, replace(WHOLE, known=None)).known is None
    assert estimate(0.2, 0.0, 0.4, replace(WHOLE, known=20, of=10_000)) == Estimate(
        20.0, 0.0, 40.0, (100.0, 50.0, None)
    )


def test_counts_are_put_together_by_measure_and_day() -> None:
    other = replace(WHOLE, as_of="2025-03-31")
    first, second = series([NORTH, TEN, WHOLE, other, EIGHT])
    assert (first.whole, first.years, first.localities) == (WHOLE, (EIGHT, TEN), (NORTH,))
    assert (second.whole, second.years, second.localities) == (other, (), ())


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, ""),
        ({"measure": "care"}, "There is no headline called care in this wave."),
        ({"measure": "mood"}, "There is no headline called mood in this wave."),
        (
            {"year_groups": ("8", "9", "10")},
            "Year groups: ours are 8 and 10, the register's 8 and 9 and 10.",
        ),
        (
            {"year_groups": ("8",)},
            "Year groups: ours are 8 and 10, the register's 8.",
        ),
        ({"as_of": "2025-06-07"}, ""),
        (
            {"as_of": "2025-06-06"},
            "Day: 2025-06-06 is more than a year from the lessons of this wave.",
        ),
        ({"as_of": "2026-07-01"}, ""),
        (
            {"as_of": "2027-07-19"},
            "Day: 2027-07-19 is more than a year from the lessons of this wave.",
        ),
    ],
)
def test_where_it_stands_or_why_not(change: dict[str, object], reason: str) -> None:
    (one,) = series([replace(WHOLE, **change)])
    found = match(one, (CARER, MOOD), FIRST, LAST)
    assert found == (reason or CARER)


def test_of_several_days_the_one_nearest_to_the_lessons() -> None:
    days = ("2026-01-31", "2026-05-31", "2026-08-31", "2028-06-10")
    counts = [replace(WHOLE, as_of=day) for day in days]
    found = for_wave(counts, (CARER,), FIRST, LAST)
    assert {key: one.whole.as_of for key, one in found.items()} == {"carer": "2026-05-31"}
    assert for_wave([replace(WHOLE, as_of="2024-01-01")], (CARER,), FIRST, LAST) == {}
