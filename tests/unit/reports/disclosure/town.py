"""A made-up town: pupils of several schools with homes nearby, and tables small enough to read."""

import numpy as np
import pandas as pd

from reports.disclosure.lattice import membership, parts
from reports.disclosure.rules import STANDARD
from reports.stats.cube import RawCube, count
from reports.stats.measures import HeadlineMeasure, ItemMeasure, Measures, ScoreMeasure

DIMS = ("school", "year_group", "sex", "fsm", "sen", "sen_detail", "locality", "ward")
MEASURES = Measures(
    items={
        "mood": ItemMeasure((1, 2, 3)),
        "gang": ItemMeasure((0, 1), sensitive=True),
        "tenth": ItemMeasure((0, 1), years=frozenset({"10"})),
    },
    scores={"scale": ScoreMeasure(7, 35, direction="higher_better")},
    headlines={
        "active": HeadlineMeasure(direction="higher_better"),
        "rare": HeadlineMeasure(),
        "harm": HeadlineMeasure(sensitive=True),
    },
)


def town(seed: int = 1, pupils: int = 700, schools: int = 4, wards: int = 5) -> pd.DataFrame:
    """Demographics of pupils: homes near their school, one in twelve outside the borough."""
    draw = np.random.default_rng(seed)
    school = draw.integers(0, schools, pupils)
    distance = np.abs(np.arange(schools)[:, None] * wards / schools - np.arange(wards)[None, :])
    near = np.exp(-distance / 2)
    ward = np.array([draw.choice(wards, p=near[s] / near[s].sum()) for s in school])
    outside = draw.random(pupils) < 1 / 12
    sen = draw.choice(["none", "support", "plan"], pupils, p=[0.8, 0.13, 0.07])
    return pd.DataFrame(
        {
            "person": [f"p{number:05d}" for number in range(pupils)],
            "school": [f"10000{s}" for s in school],
            "year_group": draw.choice(["8", "10"], pupils),
            "sex": draw.choice(["F", "M"], pupils),
            "fsm": draw.choice(["no", "yes"], pupils, p=[0.75, 0.25]),
            "sen": np.where(sen == "none", "none", "any"),
            "sen_detail": sen,
            "locality": [
                None if o else f"L{w * 2 // wards}" for o, w in zip(outside, ward, strict=True)
            ],
            "ward": [None if o else f"W{w}" for o, w in zip(outside, ward, strict=True)],
        }
    )


def answered(table: pd.DataFrame, seed: int = 1) -> pd.DataFrame:
    """The same pupils with answers; `rare` is met by 4 %, and girls score higher in `scale`."""
    draw, n = np.random.default_rng(seed), len(table)
    girls = (table["sex"] == "F").to_numpy()
    scale = np.clip(draw.normal(21 + 3 * girls, 4, n).round(), 7, 35)
    return table.assign(
        mood=draw.choice([1, 2, 3, -1], n, p=[0.5, 0.3, 0.17, 0.03]).astype(np.int16),
        gang=draw.choice([0, 1, -2], n, p=[0.85, 0.1, 0.05]).astype(np.int16),
        tenth=np.where(table["year_group"] == "10", draw.integers(0, 2, n), -3).astype(np.int16),
        scale=np.where(draw.random(n) < 0.05, np.nan, scale),
        active=np.where(draw.random(n) < 0.03, np.nan, (draw.random(n) < 0.6) * 1.0),
        rare=(draw.random(n) < 0.04) * 1.0,
        harm=(draw.random(n) < 0.3) * 1.0,
    )


def counted(table: pd.DataFrame, measures: Measures = MEASURES) -> RawCube:
    """The raw cube of a town with answers."""
    codes = {key: item.codes for key, item in measures.items.items()}
    return count(table, DIMS, codes, list(measures.scores), list(measures.headlines))


def profiles(table: pd.DataFrame) -> pd.DataFrame:
    """Pupils counted by all demographics."""
    return count(table, DIMS, {}).profiles


def columns(profiles: pd.DataFrame, breakdowns, rules=STANDARD):
    """Membership of every group of the breakdowns, and the sizes of the profiles."""
    groups = [group for each in breakdowns for group in parts(profiles, each, rules)]
    return membership(profiles, groups), profiles["n"].to_numpy(np.int64)


def three_tables() -> pd.DataFrame:
    """A ward of 79 pupils: 58 without free meals, 20 with, and one of whom it is not known."""
    homes = [("W1", "no")] * 58 + [("W1", "yes")] * 20 + [("W1", None)]
    homes += [("W2", "no")] * 60 + [("W2", "yes")] * 40
    table = pd.DataFrame(homes, columns=["ward", "fsm"])
    return table.assign(
        person=[f"p{n}" for n in table.index],
        school=[f"10000{n % 3}" for n in table.index],
        year_group=["8" if n % 2 else "10" for n in table.index],
        sex="F",
        sen="none",
        sen_detail="none",
        locality="L0",
    )
