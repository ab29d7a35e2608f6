"""Made-up pupils x 125 questions of ten answers: kept codes a school, then the cube from them.

Run as a process: `python -m benchmarks.cube.synthetic write|count FOLDER PUPILS`.
"""

import os
import sys
from pathlib import Path

import django
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.cube import report
from benchmarks.cube.clock import Clock

ITEMS = [f"q{n:03d}" for n in range(125)]
CODES = tuple(range(1, 11))
SCALES = {f"scale{n}": ITEMS[4 * n : 4 * n + 4] for n in range(10)}  # means of four questions
HEADLINES = {f"met_{item}": item for item in ITEMS[:40]}
DIMS = ("school", "year_group", "sex", "fsm", "sen", "sen_detail", "locality", "ward")
KEY = bytes(range(32))


def school_size(pupils: int) -> int:
    """About 229 take part where two year groups are asked, 1,000 where all five are."""
    return 1_000 if pupils > 1_000_000 else 229


def people(pupils: int) -> pd.DataFrame:
    """Uneven groups: most pupils live near their school, some far away."""
    dice = np.random.default_rng(pupils)
    size = school_size(pupils)
    school = np.arange(pupils) // size
    years = ["7", "8", "9", "10", "11"] if size == 1_000 else ["8", "10"]
    ward = 3 * school + np.minimum(dice.geometric(0.25, pupils), 15)
    plan = dice.choice(["none", "support", "plan"], pupils, p=[0.82, 0.14, 0.04])
    return pd.DataFrame(
        {
            "school": _named("S", school),
            "year_group": dice.choice(years, pupils).astype(object),
            "sex": dice.choice(["F", "M"], pupils).astype(object),
            "fsm": dice.choice(["yes", "no"], pupils, p=[0.25, 0.75]).astype(object),
            "sen": np.where(plan == "none", "none", "any").astype(object),
            "sen_detail": plan.astype(object),
            "locality": _named("L", ward // 20),
            "ward": _named("W", ward),
        }
    )


def _named(letter: str, numbers: NDArray[np.int64]) -> NDArray[np.object_]:
    names = np.array([f"{letter}{n:05d}" for n in range(int(numbers.max()) + 1)], dtype=object)
    return names[numbers]


def write(folder: Path, pupils: int) -> None:
    """A sealed block of codes a school, as `surveys.snapshot` keeps them."""
    from surveys.sealing import seal
    from surveys.snapshot import pack

    folder.mkdir()
    dice = np.random.default_rng(7)
    for start in range(0, pupils, school_size(pupils)):
        rows = min(school_size(pupils), pupils - start)
        codes = dice.integers(1, 11, (rows, len(ITEMS)), dtype=np.int16)
        codes[dice.random(codes.shape) < 0.03] = -1
        block = seal(KEY, pack(pd.DataFrame(codes, columns=ITEMS)), context=str(start))
        (folder / str(start)).write_bytes(block)
    report({})


def count(folder: Path, pupils: int) -> None:
    from reports.stats.cube import Tally
    from surveys.sealing import unseal
    from surveys.snapshot import unpack

    everybody, clock = people(pupils), Clock()
    with clock.stage("all"):
        with clock.stage("profiles of all pupils"):
            codes = dict.fromkeys(ITEMS, CODES)
            tally = Tally(everybody, DIMS, codes, list(SCALES), list(HEADLINES))
        for start in range(0, pupils, school_size(pupils)):
            with clock.stage("read and unseal"):
                sealed = (folder / str(start)).read_bytes()
                table = unpack(unseal(KEY, sealed, context=str(start)), ITEMS)
            with clock.stage("score"):
                table = scored(table).set_axis(range(start, start + len(table)))
            with clock.stage("count"):
                tally.add(table)
        cube = tally.cube()
    names = f"all: {len(cube.profiles):,} profiles"
    report({names if name == "all" else name: spent for name, spent in clock.stages.items()})


def scored(table: pd.DataFrame) -> pd.DataFrame:
    known = table.astype(float).where(table > 0)
    scores = {name: known[items].mean(axis=1) for name, items in SCALES.items()}
    met = {
        name: (known[item] > 6).astype(float).where(known[item].notna())
        for name, item in HEADLINES.items()
    }
    return pd.concat([table, pd.DataFrame({**scores, **met})], axis=1)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "census.settings")
    django.setup()
    {"write": write, "count": count}[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
