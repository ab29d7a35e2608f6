"""The certificate over whole censuses."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.disclosure.certificate import certify, leaks
from reports.disclosure.combinations import merge
from reports.disclosure.lattice import Breakdown, Place, candidates
from reports.disclosure.rules import STANDARD
from tests.unit.reports.disclosure.town import columns, profiles, three_tables, town

BOROUGH = Place("borough", "B")


def leaking(table, breakdowns) -> bool:
    rows, sizes, _ = merge(*columns(table, breakdowns))
    return any(leaks(rows, sizes, STANDARD.m, most=1))


def certified(table):
    return certify(table, candidates(table, STANDARD, "B").offered, STANDARD)


@pytest.mark.slow
@settings(max_examples=6)
@given(st.integers(0, 10_000), st.integers(120, 260))
def test_what_is_kept_does_not_leak_by_any_difference(seed, pupils):
    table = profiles(town(seed, pupils=pupils, wards=3))
    found = certified(table)
    matrix, sizes = columns(table, found.kept)
    whole = np.unique(matrix.T.astype(float), axis=0)
    overlap = (whole * sizes) @ whole.T
    size = np.diag(overlap)
    apart = size[:, None] + size[None, :] - 2 * overlap
    assert not ((apart > 0) & (apart < STANDARD.m)).any()
    for one, two, three in combinations(range(min(len(whole), 25)), 3):
        left = np.abs(whole[one] - whole[two] - whole[three]) @ sizes
        assert left == 0 or left >= STANDARD.m


@pytest.mark.slow
@settings(max_examples=4)
@given(st.integers(0, 10_000), st.data())
def test_removing_a_breakdown_never_makes_a_leak(seed, data):
    table = profiles(town(seed, pupils=200, wards=3))
    kept = certified(table).kept
    fewer = data.draw(st.lists(st.sampled_from(kept), min_size=1, unique=True))
    assert not leaking(table, fewer)


def test_order_of_pupils_and_of_breakdowns_is_irrelevant():
    table = profiles(town(3, pupils=500))
    offered = candidates(table, STANDARD, "B").offered
    one = certify(table, offered, STANDARD)
    other = certify(table.sample(frac=1, random_state=1), offered[::-1], STANDARD)
    assert one == other
    assert one.dropped


def test_without_it_the_same_town_leaks():
    table = profiles(town(3, pupils=500))
    assert leaking(table, candidates(table, STANDARD, "B").offered)
    assert not leaking(table, certified(table).kept)


def test_the_least_important_breakdown_goes():
    table = profiles(three_tables())
    found = certified(table)
    dropped = {each.id for each, _ in found.dropped}
    assert {"borough:B|fsm", "ward:W1|fsm"} <= dropped
    assert all("fsm" in each for each in dropped)


def test_it_says_how_much_it_proved():
    table = profiles(town(3, pupils=300, wards=3))
    offered = candidates(table, STANDARD, "B").offered
    found = certify(table, offered, STANDARD)
    assert found.dropped
    assert found.to_document() == {
        "kept": len(offered) - len(found.dropped),
        "dropped": len(found.dropped),
        "smallest": STANDARD.m,
        "profiles": len(np.unique(columns(table, offered)[0], axis=0)),
        "groups": columns(table, found.kept)[0].shape[1],
        "unproven": found.unproven,
        "programs": found.programs,
        "standing": 0,
    }
    assert found.unproven > 0
    assert found.programs >= found.unproven


def test_a_reason_tells_nothing_of_how_few():
    table = profiles(three_tables())
    asked = [Breakdown(BOROUGH), Breakdown(BOROUGH, ("fsm",))]
    ((dropped, reason),) = certify(table, asked, STANDARD).dropped
    assert dropped == asked[1]
    others = {why for _, why in certified(profiles(town(3, pupils=500))).dropped}
    assert others == {reason}


def test_special_needs_fall_back_to_their_coarser_form():
    # In the ward 20 have support and 12 a plan; outside it 10 and 3. Three are too few to stand
    # between two published numbers, thirteen are not.
    details = ["support"] * 20 + ["plan"] * 12 + ["none"] * 47 + ["support"] * 10 + ["plan"] * 3
    details += ["none"] * 87
    sen = ["none" if detail == "none" else "any" for detail in details]
    counted = profiles(three_tables().assign(fsm="no", sen=sen, sen_detail=details))
    west = Place("ward", "W1")
    detail = Breakdown(west, ("sen_detail",))
    borough = Breakdown(BOROUGH, ("sen_detail",))
    coarse = Breakdown(west, ("sen",))
    found = certify(counted, [detail, coarse, borough], STANDARD)
    assert [each for each, _ in found.dropped] == [detail]
    assert coarse in found.kept


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1])
def test_a_borough_of_the_usual_size_takes_seconds(seed):
    table = profiles(town(seed, pupils=2287, schools=10, wards=20))
    found = certified(table)
    assert found.smallest == STANDARD.m
    # Programs are what costs: all but a few profiles are proved without one.
    assert found.programs < 0.2 * found.profiles
    assert len(found.kept) > 0.9 * len(candidates(table, STANDARD, "B").offered)
