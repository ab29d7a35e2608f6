"""With and without flagged responses, by hand."""

import numpy as np
import pandas as pd
import pytest

from reports.stats.sensitivity import ANY, sensitivity

VALUES = pd.DataFrame({"score": [1.0, 5.0, 9.0, np.nan, 4.0], "low": [1.0, 0.0, 0.0, 1.0, np.nan]})
FLAGS = pd.DataFrame(
    {"fast": [True, False, False, True, False], "line": [False, False, True, False, False]}
)


def found():
    return {(each.measure, each.flag): each for each in sensitivity(VALUES, FLAGS)}


def test_every_measure_meets_every_flag_and_all_together():
    kinds = [(measure, flag) for measure in VALUES for flag in ("fast", "line", ANY)]
    assert list(found()) == kinds


@pytest.mark.parametrize(
    ("measure", "flag", "n", "value", "kept", "without"),
    [
        ("score", "fast", 4, 19 / 4, 3, 6.0),
        ("score", "line", 4, 19 / 4, 3, 10 / 3),
        ("score", ANY, 4, 19 / 4, 2, 4.5),
        ("low", "fast", 4, 0.5, 2, 0.0),
        ("low", "line", 4, 0.5, 3, 2 / 3),
        ("low", ANY, 4, 0.5, 1, 0.0),
    ],
)
def test_by_hand(measure, flag, n, value, kept, without):
    each = found()[measure, flag]
    assert (each.n, each.kept) == (n, kept)
    assert (each.value, each.without) == pytest.approx((value, without))
    assert each.difference == pytest.approx(without - value)
    sd = VALUES[measure].std()
    assert each.size == pytest.approx((without - value) / sd)


def test_all_pupils_are_counted_whatever_their_flags():
    """What stands beside "with" is the plain figure, the one that is published."""
    for (measure, _), each in found().items():
        assert each.value == pytest.approx(VALUES[measure].mean())


def test_nobody_left_gives_no_figure():
    everybody = pd.DataFrame({"fast": [True] * 5})
    each = sensitivity(VALUES, everybody)[0]
    assert each.kept == 0
    assert np.isnan([each.without, each.difference, each.size]).all()


def test_what_does_not_vary_has_no_size():
    alike = pd.DataFrame({"y": [2.0, 2.0]})
    each = sensitivity(alike, pd.DataFrame({"fast": [True, False]}))[0]
    assert each.difference == 0
    assert np.isnan(each.size)


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (FLAGS.iloc[:3], "the same rows"),
        (FLAGS.iloc[::-1], "the same rows"),
        (FLAGS.astype(int), "true or false"),
        (FLAGS.rename(columns={"fast": ANY}), "cannot be named"),
    ],
)
def test_flags_that_cannot_be(flags, message):
    with pytest.raises(ValueError, match=message):
        sensitivity(VALUES, flags)
