import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reports.stats.adjust import (
    benjamini_hochberg,
    benjamini_yekutieli,
    bonferroni,
    hochberg,
    holm,
)

SOME = st.lists(st.floats(0, 1), min_size=1, max_size=12)


def claimed_by_steps(p, alpha):
    """Benjamini and Hochberg's rule as they wrote it: all up to the last one under its line."""
    order = np.argsort(p, kind="stable")
    under = [k for k in range(len(p)) if p[order[k]] <= (k + 1) / len(p) * alpha]
    claimed = np.zeros(len(p), dtype=bool)
    claimed[order[: under[-1] + 1 if under else 0]] = True
    return claimed


@given(SOME, st.sampled_from([0.011, 0.053, 0.207]))
def test_adjusted_values_claim_what_the_steps_claim(p, alpha):
    p = np.round(p, 3)
    np.testing.assert_array_equal(benjamini_hochberg(p) <= alpha, claimed_by_steps(p, alpha))


@given(SOME)
def test_from_the_mildest_to_the_strictest(p):
    mild, *others = (way(p) for way in (benjamini_hochberg, hochberg, holm, bonferroni))
    assert (np.asarray(p) <= mild + 1e-12).all()
    for milder, stricter in zip([mild, *others], others, strict=False):
        assert (milder <= stricter + 1e-12).all()
    assert (mild <= benjamini_yekutieli(p) + 1e-12).all()


def test_no_real_difference_is_claimed_more_often_than_it_says():
    p = np.random.default_rng(5).uniform(size=(4000, 10))
    for way in (benjamini_hochberg, hochberg, holm, bonferroni):
        assert np.mean([(way(row) < 0.05).any() for row in p]) < 0.06
