"""The made-up register: right by the rules of a real one, at every size of a demonstration."""

import pandas as pd
import pytest

from census.demo.borough import CODE, LOCALITIES
from census.demo.carers import carers_csv
from reports.registers import Council, read

COUNCIL = Council(CODE, (frozenset(LOCALITIES),), {})


def people(size: int) -> pd.DataFrame:
    homes = [*(list(LOCALITIES) * 10)[:28], None]
    return pd.DataFrame(
        {
            "locality": [homes[n % len(homes)] for n in range(size)],
            "year_group": [("8", "10")[n % 2] for n in range(size)],
        }
    )


@pytest.mark.parametrize(("size", "rows"), [(6400, 6), (1200, 1), (170, 1)])
def test_it_is_taken_in_like_any_other(size: int, rows: int) -> None:
    reading = read(carers_csv(people(size)), COUNCIL)
    assert reading.problems == ()
    assert len(reading.counts) == rows
    assert reading.counts[0].of == size
    assert all("made up" in count.source for count in reading.counts)


def test_a_very_small_one_says_fewer_than_ten() -> None:
    (count,) = read(carers_csv(people(170)), COUNCIL).counts
    assert count.known is None
