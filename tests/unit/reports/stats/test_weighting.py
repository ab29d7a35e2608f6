"""Raking against its definition, and what trimming promises."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.stats.weighting import Trimming, effective_n, indicators, rake, weigh

SEX = ["F", "F", "M", "M"]
YEAR = [8, 10, 8, 10]
PUPILS = [30, 10, 20, 40]


def targets(girls, year8, roll=200):
    return {"sex": {"F": girls, "M": roll - girls}, "year": {8: year8, 10: roll - year8}}


MARGINS = {"sex": SEX, "year": YEAR}


def reached(weights, labels, pupils=PUPILS):
    return {
        each: sum(
            w * n for w, n, label in zip(weights, pupils, labels, strict=True) if label == each
        )
        for each in labels
    }


@given(
    st.lists(st.integers(1, 60), min_size=4, max_size=4), st.integers(20, 180), st.integers(20, 180)
)
def test_margins_are_met_and_the_odds_ratio_is_kept(pupils, girls, year8):
    """What raking is: margins as wanted, and the association within the sample untouched."""
    weights = rake(MARGINS, targets(girls, year8), pupils)
    assert reached(weights, SEX, pupils) == pytest.approx({"F": girls, "M": 200 - girls})
    assert reached(weights, YEAR, pupils) == pytest.approx({8: year8, 10: 200 - year8})
    assert weights[0] * weights[3] == pytest.approx(weights[1] * weights[2])


def test_one_margin_is_the_roll_over_the_answers():
    found = rake({"sex": SEX}, {"sex": {"F": 80, "M": 120}}, PUPILS)
    assert found == pytest.approx([2, 2, 2, 2])


def test_a_margin_that_is_met_already_leaves_the_weights_alone():
    known = {"sex": {"F": 40, "M": 60}, "year": {8: 50, 10: 50}}
    assert rake(MARGINS, known, PUPILS) == pytest.approx(np.ones(4))


def test_pupils_one_by_one_get_the_weights_of_their_cell():
    by_cell = rake(MARGINS, targets(110, 90), PUPILS)
    each = {name: np.repeat(labels, PUPILS).tolist() for name, labels in MARGINS.items()}
    assert rake(each, targets(110, 90)) == pytest.approx(np.repeat(by_cell, PUPILS))


def test_start_weights_matter_by_their_ratios_only():
    base = np.array([1.0, 3, 2, 1])
    found = rake(MARGINS, targets(110, 90), PUPILS, base)
    assert rake(MARGINS, targets(110, 90), PUPILS, 7 * base) == pytest.approx(found)
    odds = found[0] * found[3] / (found[1] * found[2])
    assert odds == pytest.approx(1 * 1 / (3 * 2))


def test_pairs_may_be_categories():
    pairs = list(zip(YEAR, SEX, strict=True))
    known = {(8, "F"): 60.0, (10, "F"): 40.0, (8, "M"): 10.0, (10, "M"): 90.0}
    assert rake({"both": pairs}, {"both": known}, PUPILS) == pytest.approx([2, 4, 0.5, 2.25])


@given(
    st.lists(st.integers(1, 40), min_size=12, max_size=12),
    st.lists(st.integers(20, 400), min_size=5, max_size=5),
)
@settings(max_examples=40)
def test_trimmed_weights_lie_within_the_bounds_and_say_what_they_miss(pupils, parts):
    margins = {"school": list("aabbcc") * 2, "sex": ["F", "M"] * 6, "fsm": [0] * 6 + [1] * 6}
    roll = 3 * sum(pupils)
    school, sex, fsm = np.array(parts[:3]), np.array([parts[3], 200]), np.array([parts[4], 200])
    known = {
        "school": dict(zip("abc", (roll * school / school.sum()).tolist(), strict=True)),
        "sex": dict(zip("FM", (roll * sex / sex.sum()).tolist(), strict=True)),
        "fsm": dict(zip([0, 1], (roll * fsm / fsm.sum()).tolist(), strict=True)),
    }
    found = weigh(margins, known, pupils)
    raked = rake(margins, known, pupils)
    middle = np.sort(np.repeat(raked, pupils))[(sum(pupils) - 1) // 2]
    assert found.weights.min() >= 0.3 * middle * (1 - 1e-12)
    assert found.weights.max() <= 3 * middle * (1 + 1e-12)
    missed = [
        abs(total / known[name][label] - 1)
        for name in margins
        for label, total in reached(found.weights, margins[name], pupils).items()
    ]
    assert found.gap == pytest.approx(max(missed), abs=1e-12)
    outside = (raked < 0.3 * middle) | (raked > 3 * middle)
    assert found.trimmed == np.array(pupils)[outside].sum()
    if not outside.any():
        assert found.weights == pytest.approx(raked)
        assert found.gap < 1e-9


def test_what_is_cut_goes_to_others_and_margins_are_met_again():
    margins = {"sex": ["F", "F", "M", "M"], "fsm": ["no", "yes", "no", "yes"]}
    known = {"sex": {"F": 500, "M": 500}, "fsm": {"no": 820, "yes": 180}}
    found = weigh(margins, known, [98, 4, 96, 30])
    raked = rake(margins, known, [98, 4, 96, 30])
    bounds = weigh(margins, known, [98, 4, 96, 30], trimming=Trimming(0.9, 1.1))
    assert found.weights == pytest.approx(raked)
    assert found.gap < 1e-9
    assert bounds.trimmed > 0
    assert bounds.effective_n > found.effective_n


def test_bounds_that_can_be_had_together_with_the_margins():
    """Two cells of each sex: one is cut to 3 times the median and the other takes its part."""
    margins = {"sex": ["F", "F", "M"]}
    found = weigh(margins, {"sex": {"F": 150, "M": 100}}, [25, 25, 100], base=[8.0, 1.0, 1.0])
    assert found.weights == pytest.approx([3.0, 3.0, 1.0])
    assert (found.trimmed, found.gap) == (25, pytest.approx(0, abs=1e-9))


def test_the_bounds_hold_where_the_margins_cannot():
    found = weigh({"sex": ["F", "M"]}, {"sex": {"F": 90, "M": 100}}, [10, 100])
    assert found.weights == pytest.approx([3.0, 1.0])
    assert found.gap == pytest.approx(2 / 3)
    assert found.trimmed == 10


def test_the_median_is_that_of_pupils_not_of_cells():
    found = weigh({"c": list("abc")}, {"c": {"a": 9, "b": 9, "c": 1000}}, [1, 1, 1000])
    assert found.weights == pytest.approx([3.0, 3.0, 1.0])


def test_effective_n():
    assert effective_n(np.full(50, 3.7)) == pytest.approx(50)
    assert effective_n([1.0, 3.0]) == pytest.approx(16 / 10)
    assert effective_n([1.0, 3.0], [10, 5]) == pytest.approx(effective_n([1.0] * 10 + [3.0] * 5))


def test_indicators_are_one_column_a_category():
    found = indicators({"sex": ["F", "M", "F"], "year": [8, 8, 10]})
    assert found.tolist() == [[1, 0, 1, 0], [0, 1, 1, 0], [1, 0, 0, 1]]


@pytest.mark.parametrize(
    ("margins", "known", "options", "message"),
    [
        ({}, {}, {}, "one margin at least"),
        ({"sex": SEX}, {"year": {8: 1}}, {}, "every margin needs its targets"),
        ({"sex": SEX, "year": [8]}, targets(90, 90), {}, "one category for every row"),
        ({"sex": ["F", None]}, {"sex": {"F": 1}}, {}, "sex: a category is not known"),
        ({"sex": ["F", "F"]}, {"sex": {"F": 5, "M": 5}}, {}, "nobody of 'M' answered"),
        ({"sex": ["F", "U"]}, {"sex": {"F": 5}}, {}, "pupils of 'U' have no target"),
        ({"sex": ["F", "M"]}, {"sex": {"F": 5, "M": 0}}, {}, "pupils of 'M' have no target"),
        (
            {"sex": SEX, "year": YEAR},
            {"sex": {"F": 5, "M": 5}, "year": {8: 5, 10: 6}},
            {},
            "do not add up to the same number: sex 10, year 11",
        ),
        ({"sex": ["F", "M"]}, {"sex": {"F": 5, "M": 5}}, {"pupils": [1, 0]}, "every row needs"),
        ({"sex": ["F", "M"]}, {"sex": {"F": 5, "M": 5}}, {"base": [1, -1]}, "every row needs"),
        (
            {"a": ["x", "y"], "b": ["p", "q"]},
            {"a": {"x": 1, "y": 2}, "b": {"p": 2, "q": 1}},
            {},
            "no weights meet all margins",
        ),
    ],
)
def test_margins_that_cannot_be(margins, known, options, message):
    with pytest.raises(ValueError, match=message):
        rake(margins, known, **options)


def test_a_category_of_nobody_with_a_target_of_nought_is_no_matter():
    assert rake({"sex": ["F"]}, {"sex": {"F": 5, "U": 0}}) == pytest.approx([5])
