"""Estimates with schools as units: against loops, the jackknife and the simple cases."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from reports.stats.cube import count
from reports.stats.design import Design, Draw
from reports.stats.estimation import Column, means, ratios

few = settings(max_examples=30)
SCHOOLS, SEXES = ["a", "b", "c", "d"], ["F", "M"]


def pupil():
    return st.tuples(
        st.sampled_from(SCHOOLS),
        st.sampled_from(SEXES),
        st.one_of(st.none(), st.integers(0, 20)),
        st.sampled_from([0.5, 1.0, 2.5]),
    )


# Girls and boys answer in two schools at least: no error can be told from one.
ALWAYS = [("a", "F", 3, 1.0), ("a", "M", 7, 0.5), ("b", "F", 9, 2.5), ("b", "M", 4, 1.0)]


def town():
    return st.lists(pupil(), min_size=4, max_size=25).map(
        lambda rows: pd.DataFrame(ALWAYS + rows, columns=["school", "sex", "y", "weight"]).astype(
            {"y": float}
        )
    )


def by_sex(table, measure):
    return {sex: measure.where(table["sex"] == sex) for sex in SEXES}


def estimate(table, weights=None):
    """Means by sex with schools as units, from rows."""
    weights = table["weight"] if weights is None else weights
    design = Design.of(Draw(table["school"]), weights=weights)
    return means(design, by_sex(table, Column.of_values(table["y"])))


def figures(found):
    return np.concatenate([found.value, found.covariance.ravel(), found.df])


def slow_covariance(table, groups=SEXES):
    """Linearised by the letter: every pupil's part, summed by school, spread about the mean."""
    schools = sorted(set(table["school"]))
    sums = {school: [0.0] * len(groups) for school in schools}
    for place, group in enumerate(groups):
        of = [row for row in table.itertuples() if row.sex in group and not np.isnan(row.y)]
        size = sum(row.weight for row in of)
        mean = sum(row.weight * row.y for row in of) / size
        for row in of:
            sums[row.school][place] += row.weight * (row.y - mean) / size
    array = np.array([sums[school] for school in schools])
    away = array - array.mean(axis=0)
    return away.T @ away * len(schools) / (len(schools) - 1)


@given(town())
@few
def test_the_covariance_is_that_of_a_loop_over_pupils(table):
    assert estimate(table).covariance == pytest.approx(slow_covariance(table), abs=1e-12)


@given(town())
@few
def test_sums_by_cell_give_the_same_as_rows(table):
    cells = table.assign(n=table["y"].notna(), y=table["y"].fillna(0), y2=table["y"].fillna(0) ** 2)
    cells = cells.groupby(["school", "sex", "weight"])[["n", "y", "y2"]].sum().reset_index()
    design = Design.of(Draw(cells["school"]), weights=cells["weight"])
    found = means(design, by_sex(cells, Column.of_sums(cells["n"], cells["y"], cells["y2"])))
    by_rows = estimate(table)
    assert figures(found) == pytest.approx(figures(by_rows), abs=1e-12)
    assert found.n.tolist() == by_rows.n.tolist()
    assert found.srs == pytest.approx(by_rows.srs, abs=1e-9, nan_ok=True)


def test_the_cube_gives_the_same_as_rows():
    random = np.random.default_rng(3)
    table = pd.DataFrame(
        {
            "school": random.choice(list("abcde"), 400),
            "sex": random.choice(["F", "M"], 400),
            "score": random.integers(0, 41, 400).astype(float),
            "low": random.integers(0, 2, 400).astype(float),
        }
    )
    table.loc[random.random(400) < 0.2, ["score", "low"]] = np.nan
    cube = count(table, ("school", "sex"), {}, ["score"], ["low"])
    by_cell, by_row = Design.of(Draw(cube.profiles["school"])), Design.of(Draw(table["school"]))
    moments, counts = cube.moments["score"], cube.headlines["low"]
    for cell, row in [
        (Column.of_sums(*moments.T), Column.of_values(table["score"])),
        (Column.of_counts(*counts.T), Column.of_values(table["low"])),
    ]:
        found, expected = (
            means(by_cell, by_sex(cube.profiles, cell)),
            means(by_row, by_sex(table, row)),
        )
        assert figures(found) == pytest.approx(figures(expected), rel=1e-12)
        effects = found.design_effect(replacement=True), expected.design_effect(replacement=True)
        assert effects[0] == pytest.approx(effects[1])


@given(town(), st.randoms(use_true_random=False), st.floats(0.01, 100))
@few
def test_neither_order_nor_the_unit_of_the_weights_matters(table, random, factor):
    order = list(range(len(table)))
    random.shuffle(order)
    mixed = table.iloc[order].reset_index(drop=True)
    found = estimate(mixed, mixed["weight"] * factor)
    assert figures(found) == pytest.approx(figures(estimate(table)), rel=1e-9, abs=1e-12)


@given(town(), st.floats(-50, 50), st.floats(0.1, 10))
@few
def test_another_ruler_moves_the_mean_and_stretches_the_error(table, shift, stretch):
    found = estimate(table.assign(y=shift + stretch * table["y"]))
    plain = estimate(table)
    assert found.value == pytest.approx(shift + stretch * plain.value, abs=1e-9)
    assert found.se == pytest.approx(stretch * plain.se, abs=1e-9)


@given(st.lists(st.integers(0, 30), min_size=2, max_size=25))
def test_one_pupil_a_school_without_weights_is_a_simple_sample(values):
    design = Design.of(Draw(range(len(values))))
    found = means(design, {"y": Column.of_values(values)})
    assert found.value[0] == pytest.approx(np.mean(values))
    assert found.se[0] == pytest.approx(stats.sem(values), abs=1e-9)
    if found.se[0] > 0:
        assert found.design_effect(replacement=True)[0] == pytest.approx(1)
        shown, t = found.interval(0.9), stats.t(len(values) - 1, np.mean(values), stats.sem(values))
        assert (shown.low[0], shown.high[0]) == pytest.approx(t.interval(0.9), abs=1e-9)


def test_pupils_of_one_school_who_are_all_alike_count_as_one():
    school = np.repeat(list("abcde"), 20)
    of_schools = np.array([1.0, 4, 2, 8, 5])
    found = means(Design.of(Draw(school)), {"y": Column.of_values(np.repeat(of_schools, 20))})
    assert found.se[0] == pytest.approx(stats.sem(of_schools))
    n, between = 100, np.var(np.repeat(of_schools, 20), ddof=1)
    assert found.design_effect(replacement=True)[0] == pytest.approx(
        stats.sem(of_schools) ** 2 / (between / n)
    )


def test_the_error_of_a_mean_is_near_that_of_the_jackknife():
    random = np.random.default_rng(4)
    school = np.repeat(np.arange(40), random.integers(5, 30, 40))
    values = random.normal(size=40)[school] + random.normal(size=len(school))
    weights = random.uniform(0.5, 2, len(school))
    without = [np.average(values[school != k], weights=weights[school != k]) for k in range(40)]
    jackknife = np.sqrt(39 / 40 * ((without - np.average(values, weights=weights)) ** 2).sum())
    found = means(Design.of(Draw(school), weights=weights), {"y": Column.of_values(values)})
    assert found.se[0] == pytest.approx(jackknife, rel=0.03)


def test_intervals_hold_the_truth_as_often_as_they_say():
    """Twelve schools with an ICC of .1: clustered 95 % intervals hold it, pupils' do not."""
    random = np.random.default_rng(11)
    held, tries = 0, 600
    design = Design.of(Draw(np.repeat(np.arange(12), 30)))
    for _ in range(tries):
        values = np.repeat(random.normal(0, np.sqrt(0.1), 12), 30) + random.normal(
            0, np.sqrt(0.9), 360
        )
        shown = means(design, {"y": Column.of_values(values)}).interval()
        held += shown.low[0] <= 0 <= shown.high[0]
    assert 0.92 <= held / tries <= 0.975


@given(town())
@few
def test_a_group_may_be_compared_with_all_pupils_it_is_part_of(table):
    design = Design.of(Draw(table["school"]), weights=table["weight"])
    measure = Column.of_values(table["y"])
    found = means(design, {**by_sex(table, measure), "all": measure}).difference("F", "all")
    slow = slow_covariance(table, ["F", "FM"])
    assert found.se[0] ** 2 == pytest.approx(slow[0, 0] + slow[1, 1] - 2 * slow[0, 1], abs=1e-12)


def test_a_difference_subtracts_what_schools_share():
    """Schools move girls and boys together: the difference does not vary with the school."""
    school, sex = np.repeat(list("abcd"), 4), np.tile(list("FFMM"), 4)
    values = np.repeat([0.0, 5, 9, 3], 4) + np.where(sex == "F", 2.0, 0.0)
    measure = Column.of_values(values)
    groups = {each: measure.where(sex == each) for each in SEXES}
    found = means(Design.of(Draw(school)), groups)
    assert found.se.min() > 1
    gap = found.difference("F", "M")
    assert (gap.value[0], gap.se[0]) == pytest.approx((2.0, 0.0), abs=1e-9)
    assert gap.df[0] == 3
    with pytest.raises(KeyError, match="no estimate is named X"):
        found.difference("F", "X")


def test_a_group_in_some_schools_has_fewer_degrees_of_freedom():
    school, sex = np.repeat(list("abcd"), 2), list("FMFMMMMM")
    measure = Column.of_values([1.0, 2, 4, 5, 2, 1, 7, 3])
    girls = measure.where(np.array(sex) == "F")
    found = means(Design.of(Draw(school)), {"girls": girls, "all": measure})
    assert found.df.tolist() == [1, 3]
    # The schools without girls are still part of the draw: they add noughts to the spread.
    parts = np.array([-1.5, 1.5, 0, 0]) / 2
    assert found.covariance[0, 0] == pytest.approx((parts**2).sum() * 4 / 3)


def test_a_group_in_every_school_is_as_if_the_others_had_not_been_there():
    school, sex = list("aabbcc") * 2, np.array(list("FM") * 6)
    values = np.array([1.0, 80, 4, 90, 3, 70, 8, 60, 2, 95, 5, 85])
    group = Column.of_values(values).where(sex == "F")
    found = means(Design.of(Draw(school)), {"y": group})
    alone = means(
        Design.of(Draw(np.array(school)[sex == "F"])), {"y": Column.of_values(values[::2])}
    )
    assert figures(found) == pytest.approx(figures(alone))
    assert (found.n[0], found.srs[0]) == pytest.approx((6, alone.srs[0]))


def test_a_group_of_a_group_is_in_both():
    measure = Column.of_values([1.0, 2, 3, 4])
    both = measure.where([True, True, True, False]).where([False, True, True, True])
    assert both.inside.tolist() == [False, True, True, False]
    assert both.n.tolist() == [0, 1, 1, 0]


def test_a_difference_has_the_degrees_of_freedom_of_the_schools_of_either():
    school = np.repeat(list("abcdef"), 2)
    measure = Column.of_values(np.arange(12.0) ** 2)
    early, late = measure.where(school < "d"), measure.where(school > "b")
    found = means(Design.of(Draw(school)), {"early": early, "late": late})
    assert found.df.tolist() == [2, 3]
    assert found.difference("early", "late").df[0] == 5


def test_a_school_without_weight_gives_no_degree_of_freedom():
    design = Design.of(Draw(list("aabbcc")), weights=[1, 1, 2, 1, 0, 0])
    found = means(design, {"y": Column.of_values([1.0, 2, 4, 5, 90, 91])})
    assert found.df[0] == 1
    assert found.n[0] == 4


def test_a_group_in_one_school_has_no_error_that_could_be_told():
    """Linearised by the letter it would be nought; so would its share in a difference."""
    measure = Column.of_values([1.0, 2, 4, 5, 3, 9])
    one = measure.where(np.arange(6) < 2)
    found = means(Design.of(Draw(list("aabbcc"))), {"one": one, "all": measure})
    assert found.value.tolist() == [1.5, 4.0]
    assert np.isnan(found.se[0])
    assert found.se[1] > 0
    assert np.isnan(found.interval().high[0])
    assert np.isnan(found.difference("one", "all").se[0])


def test_a_group_without_answers_has_no_mean():
    found = means(Design.of(Draw(list("ab"))), {"y": Column.of_values([np.nan, np.nan])})
    assert np.isnan(found.value[0])
    assert found.n[0] == 0


@given(town())
@few
def test_a_ratio_to_ones_is_the_mean(table):
    design = Design.of(Draw(table["school"]), weights=table["weight"])
    measure = Column.of_values(table["y"])
    ones = Column.of_values(table["y"] * 0 + 1)
    found = ratios(design, {"y": measure}, {"y": ones})
    assert figures(found) == pytest.approx(figures(means(design, {"y": measure})), abs=1e-12)


def test_a_ratio_of_proportional_measures_has_no_error():
    values = np.array([3.0, 8, 1, 7, 5, 5])
    tops, bottoms = {"r": Column.of_values(2 * values)}, {"r": Column.of_values(values)}
    found = ratios(Design.of(Draw(list("aabbcc"))), tops, bottoms)
    assert (found.value[0], found.se[0]) == pytest.approx((2.0, 0.0), abs=1e-12)


def test_ratios_need_the_same_pupils():
    design = Design.of(Draw(list("ab")))
    one, two = Column.of_values([1.0, 2.0]), Column.of_values([1.0, np.nan])
    with pytest.raises(ValueError, match="r: top and bottom are of different pupils"):
        ratios(design, {"r": one}, {"r": two})
    with pytest.raises(ValueError, match="of the same name"):
        ratios(design, {"r": one}, {"s": one})


def test_shares_are_means_of_noughts_and_ones():
    school, yes = list("aabbcc"), [1.0, 0, 1, 1, 0, 0]
    by_rows = means(Design.of(Draw(school)), {"y": Column.of_values(yes)})
    by_counts = means(Design.of(Draw(list("abc"))), {"y": Column.of_counts([2, 2, 2], [1, 2, 0])})
    assert figures(by_counts) == pytest.approx(figures(by_rows))


def test_weights_below_one_pupil_give_no_design_effect_without_replacement():
    found = means(Design.of(Draw(list("aabb"))), {"y": Column.of_values([1.0, 2, 5, 4])})
    assert found.design_effect(replacement=True)[0] > 0
    small = means(
        Design.of(Draw(list("aabb")), weights=[0.5] * 4), {"y": Column.of_values([1.0, 2, 5, 4])}
    )
    assert np.isnan(small.design_effect()[0])


def test_columns_must_fit_the_design():
    design = Design.of(Draw(list("ab")))
    with pytest.raises(ValueError, match="nothing to estimate"):
        means(design, {})
    with pytest.raises(ValueError, match="one entry for every row"):
        means(design, {"y": Column.of_values([1.0])})
