"""Who took part, and what is not said about opt-outs."""

import pandas as pd
import pytest

from reports.participation import of


def roll(*, took_part: int, opted_out: int, did_not: int) -> pd.DataFrame:
    status = ["took_part"] * took_part + ["opted_out"] * opted_out + ["did_not"] * did_not
    return pd.DataFrame({"status": status, "school": "a", "edition": "full"})


def test_counts_and_share_of_the_roll() -> None:
    found = of(roll(took_part=180, opted_out=12, did_not=48), has_roll=True)
    assert (found.took_part, found.on_roll, found.opted_out) == (180, 240, 12)
    assert found.percent == 75


@pytest.mark.parametrize(("out", "shown"), [(0, 0), (1, None), (9, None), (10, 10)])
def test_a_few_opt_outs_are_not_told(out: int, shown: int | None) -> None:
    assert of(roll(took_part=50, opted_out=out, did_not=5), has_roll=True).opted_out == shown


def test_a_wave_from_a_file_has_no_roll_to_be_a_share_of() -> None:
    found = of(roll(took_part=50, opted_out=0, did_not=0), has_roll=False)
    assert (found.on_roll, found.opted_out, found.percent) == (None, None, None)


def with_short(*, a: int, b: int) -> pd.DataFrame:
    """Two schools of 50 who answered the whole questionnaire, and some who had the short one."""
    schools = ["a"] * (50 + a) + ["b"] * (50 + b)
    editions = ["full"] * 50 + ["short"] * a + ["full"] * 50 + ["short"] * b
    return pd.DataFrame({"status": "took_part", "school": schools, "edition": editions})


@pytest.mark.parametrize(
    ("a", "b", "borough", "school_a"),
    [
        (0, 0, 100, 50),
        (10, 12, 122, 60),
        # Nine beside fifty would tell how many had the short version.
        (9, 0, 100, 50),
        # Nor may the borough's figure tell it, less that of the other school.
        (9, 12, 112, 50),
    ],
)
def test_a_few_pupils_with_the_short_version_are_not_told(
    a: int, b: int, borough: int, school_a: int
) -> None:
    roll = with_short(a=a, b=b)
    assert of(roll, has_roll=True).took_part == borough
    assert of(roll[roll["school"] == "a"], has_roll=True).took_part == school_a
