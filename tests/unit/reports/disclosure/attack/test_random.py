"""Random censuses with real-looking gaps, released as the pipeline does: nothing is found."""

import numpy as np
import pandas as pd
import pytest

from reports.disclosure.control import control
from reports.disclosure.gate import passed
from reports.disclosure.remainder import fill_unknown
from reports.disclosure.rules import STANDARD
from tests.unit.reports.disclosure.town import DIMS, MEASURES, answered, counted, town

FILLED = ("year_group", "sex", "fsm", "sen", "sen_detail")


def random_census(seed: int, most: int) -> pd.DataFrame:
    """3 to 12 schools of 20 to 300 pupils, of `most` pupils unless three schools have more; facts
    that the roll does not know, sex X, answers skipped more in some schools than in others."""
    draw = np.random.default_rng(seed)
    sizes = np.exp(draw.uniform(np.log(20), np.log(300), draw.integers(3, 13))).astype(int)
    sizes = sizes[: max(3, int((sizes.cumsum() <= most).sum()))]
    table = town(seed, int(sizes.sum()), len(sizes), int(draw.integers(2, 9)))
    table["school"] = np.repeat([f"{100000 + n}" for n in range(len(sizes))], sizes)
    table.loc[draw.random(len(table)) < 0.01, "sex"] = "X"
    for dim, share in (("fsm", 0.04), ("sen", 0.03), ("sex", 0.01)):
        table.loc[draw.random(len(table)) < share * draw.integers(0, 3), dim] = None
    table.loc[table["sen"].isna(), "sen_detail"] = None
    table, _ = fill_unknown(answered(table, seed), FILLED, b"key")
    skips = dict(zip(sorted(set(table["school"])), draw.uniform(0, 0.25, len(sizes)), strict=True))
    skipped = draw.random(len(table)) < table["school"].map(skips).to_numpy(float)
    table.loc[skipped, ["scale", "active"]] = np.nan
    table.loc[skipped, "mood"] = -1
    return table


def nothing_is_found(seed: int, most: int, bounded: int | None = None) -> None:
    table = random_census(seed, most)
    raw = counted(table)

    def release(withhold):
        return control(raw, STANDARD, MEASURES, authority="B", withhold=withhold)

    result = passed(release, table[list(DIMS)], STANDARD, MEASURES, bounded=bounded)
    assert result.findings.found == (), f"seed {seed}"
    assert result.findings.unsettled == 0, f"seed {seed}"
    assert result.cube.groups, f"seed {seed}"


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_nothing_is_found_in_a_random_census(seed):
    nothing_is_found(seed, most=300, bounded=2)


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(1000, 1200))
def test_nor_in_two_hundred_others(seed):
    nothing_is_found(seed, most=3600)
