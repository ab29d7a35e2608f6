"""The certificate of a wave: its cost in one borough and in ten side by side, and what it shows.

`python -m benchmarks certificate` prints it; boroughs run in processes, one a core.
"""

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from time import perf_counter

import numpy as np
import pandas as pd

from reports.disclosure.certificate import Certificate, certify
from reports.disclosure.lattice import Breakdown, candidates, group_id, parts
from reports.disclosure.ledger import fixed_columns, record
from reports.disclosure.rules import STANDARD
from reports.disclosure.shown import shown
from reports.stats.cube import count

DIMS = ("school", "year_group", "sex", "fsm", "sen", "sen_detail", "locality", "ward")
BOROUGHS, SCHOOLS = 10, 19


def borough(schools: int, seed: int, mean: int = 228, other: float = 0.0) -> pd.DataFrame:
    """Pupils of schools of very unequal size, most of them living near their school.

    other: share of pupils whose sex is recorded as neither F nor M (England's rolls know F and M).
    """
    dice = np.random.default_rng(seed)
    sizes = np.maximum(20, (mean * dice.lognormal(-0.2, 0.6, schools)).astype(int))
    school = np.repeat(np.arange(schools), sizes)
    pupils, wards = len(school), 2 * schools
    far = dice.choice([0, 1, 2, 5], pupils, p=[0.45, 0.35, 0.15, 0.05])
    ward = (2 * school + far) % wards
    outside = dice.random(pupils) < 0.06
    detail = dice.choice(["none", "support", "plan"], pupils, p=[0.82, 0.14, 0.04])
    table = pd.DataFrame(
        {
            "person": [f"p{n}" for n in range(pupils)],
            "school": [f"S{n:03d}" for n in school],
            "year_group": dice.choice(["8", "10"], pupils),
            "sex": dice.choice(
                ["F", "M", "X"], pupils, p=[(1 - other) / 2, (1 - other) / 2, other]
            ),
            "fsm": dice.choice(["yes", "no"], pupils, p=[0.25, 0.75]),
            "sen": np.where(detail == "none", "none", "any"),
            "sen_detail": detail,
            "locality": [f"L{n * 3 // wards}" for n in ward],
            "ward": [f"W{n:03d}" for n in ward],
        }
    )
    table.loc[outside, ["locality", "ward"]] = None
    return table


def proved(table: pd.DataFrame) -> tuple[pd.DataFrame, tuple[Breakdown, ...], Certificate]:
    """A borough's profiles, the breakdowns whose parts reach ten, and the certificate."""
    profiles = count(table, DIMS, {}).profiles
    offered = candidates(profiles, STANDARD, "B").offered
    return profiles, offered, certify(profiles, offered, STANDARD)


def timed(seed: int) -> tuple[float, int, int, int, int]:
    """Seconds, pupils, programs, breakdowns offered and kept, of one borough of many."""
    begun = perf_counter()
    table = borough(SCHOOLS, seed)
    _, offered, proof = proved(table)
    return perf_counter() - begun, len(table), proof.programs, len(offered), len(proof.kept)


def beside(table: pd.DataFrame) -> None:
    """The same wave once more, with one school that was late the first time."""
    people = table.assign(pupil=table["person"], state=table["person"])
    before = people[people["school"] != "S003"]
    profiles, _, proof = proved(before)
    names = [group_id(g) for each in proof.kept for g in parts(profiles, each, STANDARD)]
    entry = record(before, names, {}, {})
    profiles = count(people, DIMS, {}).profiles
    offered = candidates(profiles, STANDARD, "B").offered
    begun = perf_counter()
    fixed = fixed_columns(profiles, people, [entry])
    again = certify(profiles, offered, STANDARD, fixed=fixed)
    print(
        f"  and with a late school, beside the release before   {perf_counter() - begun:6.1f} s, "
        f"kept {len(again.kept)} of {len(offered)}, entry {len(entry.to_bytes()) // 1024} KiB"
    )


def main() -> None:
    begun = perf_counter()
    table = borough(10, 2026)
    profiles, offered, proof = proved(table)
    print(
        f"  10 schools, {len(table):,} pupils              {perf_counter() - begun:6.1f} s "
        f"(to hold: 60), programs {proof.programs}, kept {len(proof.kept)} of {len(offered)} "
        f"({len(proof.kept) / len(offered):.1%})"
    )
    for each in shown(profiles, offered, proof.kept, STANDARD)[1:]:
        print(
            f"    {each.schools:3} schools of {each.low}-{each.high}: breakdowns kept {each.kept} "
            f"of {each.offered}, pupils in some split {each.covered:.0%}"
        )
    beside(table)
    _, offered, proof = proved(borough(10, 2026, other=0.01))
    print(
        f"  the same with one pupil in a hundred of sex X: kept {len(proof.kept)} of {len(offered)}"
        f" ({len(proof.kept) / len(offered):.1%})"
    )
    workers = os.cpu_count() or 1
    begun = perf_counter()
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        found = list(pool.map(timed, range(BOROUGHS)))
    slowest, pupils = max(each[0] for each in found), sum(each[1] for each in found)
    kept, asked = sum(each[4] for each in found), sum(each[3] for each in found)
    print(
        f"  {BOROUGHS * SCHOOLS} schools in {BOROUGHS} boroughs, {pupils:,} pupils: "
        f"{perf_counter() - begun:.0f} s by {workers} processes, the slowest borough "
        f"{slowest:.0f} s (to hold: 600), kept {kept} of {asked} ({kept / asked:.1%})"
    )
