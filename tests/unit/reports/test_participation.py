"""Who took part, and what is not said about opt-outs."""

import pandas as pd
import pytest

from reports.participation import of


def roll(*, took_part: int, opted_out: int, did_not: int) -> pd.DataFrame:
    status = ["took_part"] * took_part + ["opted_out"] * opted_out + ["did_not"] * did_not
    return pd.DataFrame({"status": status})


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
