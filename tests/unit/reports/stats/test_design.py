"""Errors of estimates against every sample that could have been drawn, and against loops."""

from itertools import combinations, product

import numpy as np
import pytest

from reports.stats.design import Design, Draw
from reports.stats.estimation import Column, totals

# A town of four schools in two strata, three to four classes each, a number in every class.
TOWN = {
    "north": {"a": [3.0, 9.0, 4.0], "b": [11.0, 2.0, 8.0], "c": [1.0, 0.0, 7.0, 6.0]},
    "south": {"d": [5.0, 5.0, 12.0], "e": [2.0, 10.0, 3.0]},
}


def total(design, values):
    found = totals(design, {"y": Column.of_values(values)})
    return found.value[0], found.covariance[0, 0]


def samples(take_schools, take_classes):
    """Every way to draw two schools in each stratum, and so many classes in each school."""
    choices = []
    for stratum, schools in TOWN.items():
        drawn = []
        for names in combinations(schools, take_schools):
            classes = [combinations(schools[name], take_classes) for name in names]
            drawn += [list(zip(names, each, strict=True)) for each in product(*classes)]
        choices.append([(stratum, each) for each in drawn])
    return list(product(*choices))


def rows(sample):
    """stratum, school, class, value, schools in the stratum, classes in the school."""
    return [
        (stratum, school, f"{school}{place}", value, len(TOWN[stratum]), len(TOWN[stratum][school]))
        for stratum, schools in sample
        for school, values in schools
        for place, value in enumerate(values)
    ]


def test_the_variance_is_right_on_average_over_all_samples_of_two_stages():
    """The mean of the estimated variances is the variance of the estimates: no formula trusted."""
    found = []
    for sample in samples(2, 2):
        stratum, school, lesson, value, schools, classes = zip(*rows(sample), strict=True)
        design = Design.of(Draw(school, stratum, schools), Draw(lesson, population=classes))
        found.append(total(design, value))
    # A school of four classes gives more samples than one of three: weigh each by its chance.
    chance = np.array([_chance(sample) for sample in samples(2, 2)])
    estimates, variances = np.array(found).T
    mean = chance @ estimates
    assert chance.sum() == pytest.approx(1)
    assert mean == pytest.approx(sum(sum(v) for s in TOWN.values() for v in s.values()))
    assert chance @ variances == pytest.approx(chance @ (estimates - mean) ** 2)


def _chance(sample):
    ways = 1.0
    for stratum, schools in sample:
        ways /= len(list(combinations(TOWN[stratum], 2)))
        for school, _ in schools:
            ways /= len(list(combinations(TOWN[stratum][school], 2)))
    return ways


def test_all_classes_of_the_drawn_schools_are_one_stage():
    for sample in product(*(combinations(schools.items(), 2) for schools in TOWN.values())):
        each = rows(list(zip(TOWN, sample, strict=True)))
        stratum, school, lesson, value, schools, classes = zip(*each, strict=True)
        one = Design.of(Draw(school, stratum, schools))
        two = Design.of(Draw(school, stratum, schools), Draw(lesson, population=classes))
        assert total(two, value) == pytest.approx(total(one, value))


def test_a_second_stage_adds_nothing_when_schools_are_drawn_with_replacement():
    school, lesson = list("aabbcc"), list("121212")
    values = [3.0, 9.0, 4.0, 11.0, 2.0, 8.0]
    one = Design.of(Draw(school), weights=np.ones(6))
    two = Design.of(Draw(school), Draw(lesson, population=np.full(6, 5)), weights=np.ones(6))
    assert total(two, values) == pytest.approx(total(one, values))


def test_a_stratum_taken_whole_adds_nothing():
    stratum = ["n", "n", "s", "s", "s"]
    whole = Design.of(Draw(list("abcde"), stratum, [2, 2, 9, 9, 9]))
    south = Design.of(Draw(list("cde"), population=[9, 9, 9]))
    values = np.array([3.0, 40.0, 5.0, 6.0, 10.0])
    assert total(whole, values)[1] == pytest.approx(total(south, values[2:])[1])


def test_one_school_out_of_one_has_no_error():
    design = Design.of(Draw(["a", "b", "c"], ["n", "s", "s"], [1, 4, 4]))
    assert total(design, [90.0, 1.0, 1.0])[1] == pytest.approx(0)


def test_a_total_has_the_error_of_the_jackknife():
    """Leaving out one school at a time and weighting up the others of its stratum."""
    stratum = np.array(list("nnnnnsssss"))
    school = np.array(list("aabbcddeef"))
    values = np.array([4.0, 8, 1, 0, 7, 3, 9, 2, 2, 6])
    weights = np.array([1.0, 2, 1, 3, 2, 1, 1, 4, 1, 2])
    spread = 0.0
    for name in np.unique(stratum):
        inside = stratum == name
        drawn = np.unique(school[inside])
        without = []
        for left_out in drawn:
            up = weights * np.where(inside, len(drawn) / (len(drawn) - 1), 1.0)
            without.append((up * values)[school != left_out].sum())
        away = np.array(without) - (weights * values).sum()
        spread += (len(drawn) - 1) / len(drawn) * (away**2).sum()
    design = Design.of(Draw(school, stratum), weights=weights)
    assert total(design, values)[1] == pytest.approx(spread)


def test_degrees_of_freedom_are_schools_less_strata():
    design = Design.of(Draw(list("aabbccdd"), list("nnnnssss")))
    assert design.degrees(np.array([True] * 4)) == 2
    assert design.degrees(np.array([True, True, True, False])) == 1


def test_weights_left_out_are_those_of_the_draw():
    two = Design.of(Draw(list("aabb"), population=[6] * 4), Draw(list("1234"), population=[8] * 4))
    assert two.weights == pytest.approx([12.0] * 4)
    assert Design.of(Draw(list("ab"))).weights == pytest.approx([1.0, 1.0])


def test_what_calibration_has_fixed_has_no_error():
    school, sex = np.repeat(list("abcd"), 3), np.tile([0, 1, 1], 4)
    columns = np.column_stack([sex == 0, sex == 1]).astype(float)
    base = Design.of(Draw(school))
    weights = np.where(sex, 3.0, 2.0)
    girls = {"girls": Column.of_values(sex.astype(float))}
    assert totals(base.calibrated(weights, columns), girls).se[0] == pytest.approx(0, abs=1e-9)


def test_calibration_leaves_what_the_columns_do_not_explain():
    """One column for all: the spread about the mean stays, whatever the weights are scaled to."""
    school = np.array(list("abcdef"))
    values = np.array([1.0, 5, 2, 8, 3, 5])
    found = Design.of(Draw(school)).calibrated(np.full(6, 4.0), np.ones((6, 1)))
    away = 4 * (values - values.mean())
    assert total(found, values)[1] == pytest.approx((away**2).sum() * 6 / 5)


@pytest.mark.parametrize(
    ("draws", "weights", "message"),
    [
        ([], None, "at least one draw"),
        ([Draw([])], None, "every row needs a cluster"),
        ([Draw(["a", None])], None, "every row needs a cluster"),
        ([Draw([1.0, np.nan])], None, "every row needs a cluster"),
        ([Draw(["a"])], None, "a single cluster"),
        ([Draw(list("abc"), list("nns"))], None, "a single cluster"),
        ([Draw(list("abc"), list("nns"), [3, 3, 2])], None, "a single cluster"),
        ([Draw(list("aab"), list("nsn"))], None, "more than one stratum"),
        ([Draw(list("abc"), list("nn"))], None, "one label for every row"),
        ([Draw(list("ab"), population=[5, 6])], None, "varies within a stratum"),
        ([Draw(list("ab"), population=[1, 1])], None, "more clusters were drawn"),
        ([Draw(list("ab"), population=[4, 4]), Draw(list("12"))], None, "a single cluster"),
        (
            [Draw(list("aabb"), population=[4] * 4), Draw(list("1234"))],
            None,
            "weights must be given",
        ),
        ([Draw(list("ab"))], [1.0], "one weight for every row"),
        ([Draw(list("ab"))], [1.0, -1.0], "nought or more"),
        ([Draw(list("ab"))], [1.0, np.nan], "nought or more"),
    ],
)
def test_a_design_that_cannot_be(draws, weights, message):
    with pytest.raises(ValueError, match=message):
        Design.of(*draws, weights=weights)


@pytest.mark.parametrize(
    ("weights", "columns", "pupils", "message"),
    [
        ([1.0], np.ones((2, 1)), 1, "one entry for every row"),
        ([1.0, 1.0], np.ones(2), 1, "one entry for every row"),
        ([1.0, 0.0], np.ones((2, 1)), 1, "weights above nought"),
        ([1.0, 1.0], np.ones((2, 1)), [1, 0], "pupils in every row"),
        ([1.0, 1.0], np.array([[1, 1], [1, 0]]), 1, "of one school alone"),
    ],
)
def test_a_calibration_that_cannot_be(weights, columns, pupils, message):
    with pytest.raises(ValueError, match=message):
        Design.of(Draw(["a", "b"])).calibrated(weights, columns, pupils)
