"""What must hold of every release, over made-up towns."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.disclosure.control import control
from reports.disclosure.lattice import membership, parse_group
from reports.disclosure.rules import STANDARD
from tests.unit.reports.disclosure.town import MEASURES, answered, counted, town

seeds = st.integers(0, 10_000)
few = settings(max_examples=3, derandomize=True)


def released(table, **more):
    return control(counted(table), STANDARD, MEASURES, authority="B", certified=False, **more)[0]


def shuffled(table, column, within, seed):
    """The same answers, dealt out anew among pupils who share these demographics."""
    draw = np.random.default_rng(seed)
    dealt = table.groupby(within, dropna=False)[column].transform(
        lambda answers: draw.permutation(answers.to_numpy())
    )
    return table.assign(**{column: dealt.astype(table[column].dtype)})


@pytest.mark.slow
@few
@given(seeds)
def test_what_is_withheld_looks_the_same_whatever_it_hides(seed):
    """A sensitive answer moved to a pupil of other meals, needs or ward shows nowhere."""
    table = answered(town(seed, pupils=400), seed)
    shown_by = ["school", "locality", "year_group", "sex"]
    moved = shuffled(table, "gang", shown_by, seed)
    moved = shuffled(moved, "harm", shown_by, seed)
    assert not moved["gang"].equals(table["gang"])
    assert released(moved).to_document() == released(table).to_document()


@few
@given(seeds)
def test_which_tables_are_published_tells_nothing_of_answers(seed):
    people = town(seed, pupils=120, schools=2, wards=2)
    fates = [
        control(counted(answered(people, each)), STANDARD, MEASURES, authority="B")[0].breakdowns
        for each in (seed, seed + 1)
    ]
    assert fates[0] == fates[1]


@few
@given(seeds)
def test_every_cell_is_of_ten_answers_or_more(seed):
    table = answered(town(seed, pupils=300), seed)
    cube = released(table)
    for group, row in cube.cells.items():
        pupils = table[membership(table, [parse_group(group)])[:, 0]]
        assert len(pupils) >= STANDARD.k
        for measure, cell in row.items():
            answers = pupils[measure]
            valid = answers.ge(0) if measure in MEASURES.items else answers.notna()
            assert cell.n == valid.sum() >= STANDARD.k


@few
@given(seeds)
def test_a_breakdown_is_shown_whole_or_not_at_all_measure_by_measure(seed):
    cube = released(answered(town(seed, pupils=300), seed))
    parts: dict[str, list[str]] = {}
    for group in cube.groups:
        parts.setdefault(parse_group(group.id).breakdown.id, []).append(group.id)
    for groups in parts.values():
        for measure in set(MEASURES.all) - {"tenth"}:  # not asked of every year
            assert len({measure in cube.cells[group] for group in groups}) == 1


@pytest.mark.parametrize("dim", ["school", "ward"])
def test_names_of_places_do_not_decide_what_is_shown(dim):
    """The other way round in the alphabet, the same tables of the same pupils."""
    table = answered(town(5, pupils=500))
    names = sorted(table[dim].dropna().unique())
    swap = dict(zip(names, reversed(names), strict=True))
    there = released(table)
    back = released(table.assign(**{dim: table[dim].map(swap)}))
    sizes = [sorted(each.n for each in cube.groups) for cube in (there, back)]
    assert sizes[0] == sizes[1]
    assert len(there.comparisons) == len(back.comparisons)
