"""The fast certificate against its slow twins, over small made-up censuses and two releases."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.disclosure.certificate import _columns, certify
from reports.disclosure.lattice import candidates, group_id, parts
from reports.disclosure.ledger import fixed_columns, record
from reports.disclosure.rules import STANDARD
from tests.unit.reports.disclosure import slow
from tests.unit.reports.disclosure.town import DIMS, profiles, town

FEW = replace(STANDARD, k=3, m=3, min_schools=1, max_school_share=1.0)


def people(seed: int, pupils: int):
    """A hamlet: two schools, two wards, and neither meals nor special needs."""
    table = town(seed, pupils=pupils, schools=2, wards=2)
    table = table.assign(fsm="no", sen="none", sen_detail="none")
    return table.assign(pupil=table["person"], state=table["person"])


def two_releases(seed: int, pupils: int):
    """Fixed columns of an earlier release and of weights, beside a later release of the hamlet."""
    draw = np.random.default_rng(seed)
    before = people(seed, pupils)
    offered = candidates(profiles(before), FEW, "B").offered
    kept = certify(profiles(before), offered, FEW).kept
    groups = [group_id(group) for each in kept for group in parts(profiles(before), each, FEW)]
    entry = record(before, groups, {}, {})
    after = before[draw.random(pupils) < 0.9].copy()
    changed = draw.random(len(after)) < 0.1
    after.loc[changed, "state"] += "'"
    weights = {"weighted": draw.choice([0.5, 1.0, 1.5], len(after))} if seed % 2 else {}
    return after, fixed_columns(profiles(after), after, [entry], weights)


def check(seed: int, pupils: int, past: bool) -> None:
    table, fixed = two_releases(seed, pupils) if past else (people(seed, pupils), None)
    counted = profiles(table)
    offered = tuple(sorted(candidates(counted, FEW, "B").offered))
    found = certify(counted, offered, FEW, fixed=fixed)
    everything = _columns(counted, offered, FEW, fixed)
    assert found.kept == slow.certify(everything, offered, FEW)
    kept = _columns(counted, found.kept, FEW, fixed)
    if not found.standing:
        assert not any(slow.isolated(kept.matrix, kept.kind, kept.sizes, FEW.m))
    if found.dropped:
        assert any(slow.isolated(everything.matrix, everything.kind, everything.sizes, FEW.m))


@pytest.mark.parametrize("past", [False, True])
@settings(max_examples=5, derandomize=True)
@given(seed=st.integers(0, 10**6), pupils=st.integers(8, 18))
def test_fast_and_slow_agree(past, seed, pupils):
    check(seed, pupils, past)


@pytest.mark.nightly
@pytest.mark.parametrize("past", [False, True])
@settings(max_examples=100)
@given(seed=st.integers(0, 10**6), pupils=st.integers(6, 30))
def test_fast_and_slow_agree_on_many(past, seed, pupils):
    check(seed, pupils, past)


def test_the_twin_has_leaks_to_find():
    found = [certify(p, candidates(p, FEW, "B").offered, FEW) for p in map(_hamlet, range(6))]
    assert sum(bool(each.dropped) for each in found) >= 2
    assert sum(bool(each.kept) for each in found) >= 5


def _hamlet(seed: int):
    return profiles(people(seed, 20))[[*DIMS, "n"]]


def test_weights_that_single_somebody_out_stop_everything_they_touch():
    table = people(3, 40)
    weights = np.ones(40)
    weights[7] = 1.5
    fixed = fixed_columns(profiles(table), table, (), {"weighted": weights})
    offered = candidates(profiles(table), FEW, "B").offered
    kept = certify(profiles(table), offered, FEW, fixed=fixed).kept
    assert "borough:B" not in {each.id for each in kept}
    smooth = fixed_columns(profiles(table), table, (), {"weighted": np.linspace(0.5, 2, 40)})
    kept = certify(profiles(table), offered, FEW, fixed=smooth).kept
    assert "borough:B" in {each.id for each in kept}


def test_a_column_of_tiny_weights_beside_huge_ones_is_seen_too():
    table = people(3, 40)
    tiny = np.where(np.arange(40) == 7, 2e-9, 1e-9)
    columns = {"huge": np.linspace(1e3, 2e3, 40), "tiny": tiny}
    fixed = fixed_columns(profiles(table), table, (), columns)
    offered = candidates(profiles(table), FEW, "B").offered
    kept = certify(profiles(table), offered, FEW, fixed=fixed).kept
    assert "borough:B" not in {each.id for each in kept}
