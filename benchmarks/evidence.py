"""Counting, control and attack on a made-up census of the size of a first wave, and counting
of 100,000 pupils x 120 questions."""

from time import perf_counter

import numpy as np
import pandas as pd

from reports.disclosure.attack import attack
from reports.disclosure.control import control
from reports.stats.cube import RawCube, count
from reports.stats.measures import HeadlineMeasure, ItemMeasure, Measures

ITEMS = [f"q{n}" for n in range(120)]
CODES = (1, 2, 3, 4, 5)


def census(pupils: int, seed: int = 2026) -> pd.DataFrame:
    """Pupils of 10 schools, 20 wards and 3 localities with uneven groups."""
    dice = np.random.default_rng(seed)
    school = dice.integers(0, 10, pupils)
    # Most pupils live near their school.
    ward = (2 * school + dice.choice([0, 1, 2, 5], pupils, p=[0.45, 0.35, 0.15, 0.05])) % 20
    plan = dice.choice(["none", "support", "plan"], pupils, p=[0.82, 0.14, 0.04])
    table = pd.DataFrame(
        {
            "school": [f"S{n}" for n in school],
            "year_group": dice.choice(["8", "10"], pupils),
            "sex": dice.choice(["F", "M"], pupils),
            "fsm": dice.choice(["yes", "no"], pupils, p=[0.25, 0.75]),
            "sen": np.where(plan == "none", "none", "any"),
            "sen_detail": plan,
            "locality": [f"L{n % 3}" for n in ward],
            "ward": [f"W{n:02d}" for n in ward],
        }
    )
    answers = {item: dice.integers(1, 6, pupils).astype("int16") for item in ITEMS}
    return pd.concat([table, pd.DataFrame(answers)], axis=1)


def counted(table: pd.DataFrame) -> RawCube:
    table = table.assign(h=(table["q0"] > 3).astype(float))
    dims = [name for name in table.columns if name not in {*ITEMS, "h"}]
    return count(table, dims, dict.fromkeys(ITEMS, CODES), (), ("h",))


def main() -> None:
    large = census(100_000)
    begun = perf_counter()
    counted(large)
    print(f"  count 100,000 pupils x 120 questions   {perf_counter() - begun:6.2f} s")
    small = census(2_287)
    raw = counted(small)
    measures = Measures({item: ItemMeasure(CODES) for item in ITEMS}, {}, {"h": HeadlineMeasure()})
    begun = perf_counter()
    cube, report = control(raw, measures=measures, authority="B")
    print(f"  certificate and control, 2,287 pupils  {perf_counter() - begun:6.2f} s")
    proof = report.certificates[None]
    print(f"    kept {len(proof.kept)}, dropped {len(proof.dropped)}, programs {proof.programs}")
    begun = perf_counter()
    found = attack([cube.to_document()], small[list(raw.dims)])
    print(f"  attack                                 {perf_counter() - begun:6.2f} s")
    print(f"    findings {len(found.found)}, sums tried {found.sums_tried:,}")
