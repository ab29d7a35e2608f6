import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.stats import multivariate_normal

from reports.stats.schools import one_way, pooled_icc, products, random_intercept, reliability


def made(schools, between, pupils=(5, 30), seed=1):
    """Pupils' rows: the school of each, a covariate, an outcome."""
    rng = np.random.default_rng(seed)
    school = np.repeat(np.arange(schools), rng.integers(*pupils, schools))
    x = rng.integers(0, 2, len(school)).astype(float)
    y = 20 + 1.5 * x + np.sqrt(between) * rng.normal(size=schools)[school]
    return school, x, y + 2 * rng.normal(size=len(school))


def by_school(school, *columns):
    design = np.column_stack([np.ones(len(school)), *columns])
    return np.array([design[school == s].T @ design[school == s] for s in range(school.max() + 1)])


def summaries(school, y):
    pupils = [y[school == s] for s in range(school.max() + 1)]
    return ([f(p) for p in pupils] for f in (len, np.mean, lambda p: ((p - p.mean()) ** 2).sum()))


def slow_likelihood(between, within, school, x, y):
    """Restricted likelihood by its definition: the density of the error contrasts of the rows."""
    v = within * np.eye(len(y)) + between * (school[:, None] == school[None, :])
    design = np.column_stack([np.ones(len(y)), x])
    inverse = np.linalg.inv(v)
    beta = np.linalg.solve(design.T @ inverse @ design, design.T @ inverse @ y)
    full = multivariate_normal.logpdf(y - design @ beta, cov=v)
    return (
        full - 0.5 * np.linalg.slogdet(design.T @ inverse @ design / (2 * np.pi))[1],
        beta,
        inverse,
    )


@pytest.mark.parametrize("between", [0.4, 3.0])
def test_sums_by_school_give_the_fit_of_a_search_over_pupils_rows(between):
    school, x, y = made(8, between, pupils=(3, 9))
    found = random_intercept(by_school(school, x, y))

    def minus(logs):
        return -slow_likelihood(*np.exp(logs), school, x, y)[0]

    slow = minimize(minus, [0.0, 1.0], method="Nelder-Mead", options={"xatol": 1e-6, "fatol": 1e-9})
    assert (found.between, found.within) == pytest.approx(np.exp(slow.x), rel=1e-4)
    assert found.log_likelihood == pytest.approx(-slow.fun, abs=1e-7)
    _, beta, inverse = slow_likelihood(found.between, found.within, school, x, y)
    np.testing.assert_allclose(found.coefficients, beta)
    # The textbook BLUP over rows: between * Z' V^-1 (y - X beta)
    left = inverse @ (y - beta[0] - beta[1] * x)
    np.testing.assert_allclose(found.effects, found.between * np.bincount(school, left), atol=1e-9)
    one = inverse[np.ix_(school == 0, school == 0)].sum()
    assert found.spread[0] ** 2 == pytest.approx(found.between - found.between**2 * one)


def test_equal_schools_have_the_closed_form():
    rng = np.random.default_rng(2)
    mean, within = rng.normal(20, 1, 8), rng.chisquare(24, 8) * 5
    found, table = (
        random_intercept(products([25] * 8, mean, within)),
        one_way([25] * 8, mean, within),
    )
    assert found.within == pytest.approx(table.within)
    assert found.between == pytest.approx((table.between - table.within) / 25)
    assert found.icc.value == pytest.approx(table.icc)
    assert table.icc_unequal == pytest.approx(table.icc)
    assert found.coefficients[0] == pytest.approx(mean.mean())


def test_the_interval_ends_where_the_likelihood_has_fallen_by_half_of_chi_squared():
    school, x, y = made(12, 1.0)
    sums = by_school(school, x, y)
    fit = random_intercept(sums)
    for end in (fit.icc.low, fit.icc.high):
        held = random_intercept(sums, icc=float(end))
        assert fit.log_likelihood - held.log_likelihood == pytest.approx(3.841458821 / 2, abs=1e-6)
        assert np.isnan(held.icc.low)
    assert random_intercept(sums, level=0.8).icc.low > fit.icc.low


def test_the_interval_covers_the_truth_as_often_as_it_says():
    rng = np.random.default_rng(11)
    size, icc, covered = 228, 0.014, 0
    for _ in range(200):
        mean = rng.normal(0, np.sqrt(icc + (1 - icc) / size), 10)
        within = (1 - icc) * rng.chisquare(size - 1, 10)
        found = random_intercept(products(np.full(10, size), mean, within)).icc
        covered += found.low <= icc <= found.high
    assert covered >= 180


def test_schools_no_further_apart_than_chance_do_not_differ():
    found = random_intercept(products([30, 40, 50], [20.0, 20.0, 20.0], [700.0, 900.0, 1300.0]))
    assert found.between == 0
    assert found.icc.low == 0
    assert 0 < found.icc.high < 1
    np.testing.assert_array_equal(found.effects, 0)
    assert found.within == pytest.approx(2900 / 119)


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.floats(-50, 50), st.floats(0.1, 50), st.permutations(range(6)))
def test_order_unit_and_origin_do_not_matter(seed, origin, unit, order):
    school, _, y = made(6, 1.5, seed=seed)
    one = random_intercept(by_school(school, y))
    other = random_intercept(by_school(school, origin + unit * y)[order])
    assert other.icc.value == pytest.approx(float(one.icc.value), abs=1e-6)
    np.testing.assert_allclose(other.effects, unit * one.effects[order], atol=1e-5 * unit)
    np.testing.assert_allclose(other.reliability, one.reliability[order], atol=1e-5)


@settings(max_examples=25)
@given(st.integers(0, 10_000))
def test_a_school_is_drawn_towards_the_mean_and_never_past_it(seed):
    school, _, y = made(6, 1.5, seed=seed)
    n, mean, within = summaries(school, y)
    fit = random_intercept(products(n, mean, within))
    raw = mean - fit.coefficients[0]
    np.testing.assert_allclose(fit.effects, fit.reliability * raw, atol=1e-9)
    assert (fit.reliability <= 1).all()
    np.testing.assert_allclose(fit.reliability, reliability(n, float(fit.icc.value)))


def test_a_school_with_nobody_is_at_the_mean():
    fit = random_intercept(
        products([30, 0, 50, 40], [19.0, np.nan, 22.0, 20.0], [700, 0, 1300, 900])
    )
    three = random_intercept(products([30, 50, 40], [19.0, 22.0, 20.0], [700, 1300, 900]))
    assert (fit.effects[1], fit.reliability[1]) == (0, 0)
    assert fit.spread[1] ** 2 == pytest.approx(fit.between)
    assert fit.icc.value == pytest.approx(float(three.icc.value))


def test_reliability_of_a_mean_at_the_published_icc():
    """The figures of 3-statistics for WEMWBS in UK secondary schools."""
    found = reliability([10, 40, 85, 228], 0.014)
    np.testing.assert_allclose(found, [0.12, 0.36, 0.55, 0.76], atol=0.005)


def test_schools_of_unequal_size_are_put_right_by_the_typical_size():
    rng, sizes = np.random.default_rng(6), np.array([5] * 20 + [200] * 20)
    found = []
    for _ in range(300):
        mean = rng.normal(0, np.sqrt(0.3 + 0.7 / sizes))
        found.append(one_way(sizes, mean, 0.7 * rng.chisquare(sizes - 1)))
    between = [(table.between - table.within) / table.typical_size for table in found]
    assert np.mean(between) == pytest.approx(0.3, abs=0.02)
    middle = np.median([table.icc_unequal for table in found])
    assert np.median([table.icc for table in found]) < middle == pytest.approx(0.3, abs=0.02)


def test_many_scales_know_the_icc_better_than_one():
    rng = np.random.default_rng(4)

    def scale(unit):
        mean = unit * rng.normal(20, np.sqrt(0.014 + 0.986 / 228), 10)
        return products(np.full(10, 228), mean, unit**2 * 0.986 * rng.chisquare(227, 10))

    scales = [scale(unit) for unit in np.geomspace(0.1, 50, 40)]
    alone = [float(random_intercept(one).icc.value) for one in scales]
    assert pooled_icc(scales) == pytest.approx(0.014, abs=0.005)
    assert np.std(alone) > 0.005
    assert pooled_icc(scales[:1]) == pytest.approx(alone[0], abs=1e-9)
    assert pooled_icc([scales[0]] * 3) == pytest.approx(alone[0], abs=1e-9)


def test_the_pooled_icc_has_the_highest_product_of_likelihoods():
    scales = [by_school(*made(8, b, seed=s)[::2]) for s, b in enumerate((0.1, 0.5, 2.0))]

    def together(icc):
        return sum(random_intercept(one, icc=icc).log_likelihood for one in scales)

    best = pooled_icc(scales)
    assert all(together(best) >= together(icc) for icc in np.linspace(0, 0.9, 91))


BAD = [
    ((np.ones((3, 2)),), "one square matrix a school"),
    ((np.full((3, 2, 2), np.nan),), "not finite"),
    ((products([30, 0], [20.0, 0.0], [700.0, 0.0]),), "fewer than two"),
    ((products([1, 1], [20.0, 21.0], [0.0, 0.0]),), "too few pupils"),
    ((products([30, 30], [1.0, 1.0], [0.0, 0.0]),), "never varies"),
    ((products([30, 30, 20], [1.0, 2.0, 4.0], [0.0, 0.0, 0.0]),), "do not differ"),
]


@pytest.mark.parametrize(("arguments", "message"), BAD, ids=[message for _, message in BAD])
def test_what_cannot_be_fitted_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        random_intercept(*arguments)


def test_a_covariate_given_twice_is_refused():
    school, x, y = made(5, 1.0)
    with pytest.raises(ValueError, match="two covariates in one"):
        random_intercept(by_school(school, x, x, y))


@pytest.mark.parametrize(
    ("n", "mean", "within"), [([3, -1], [1, 1], [1, 1]), ([3, 3], [1, 1], [1, -1])]
)
def test_a_negative_count_or_square_is_refused(n, mean, within):
    with pytest.raises(ValueError, match="not negative"):
        products(n, mean, within)


def test_lists_of_different_length_are_refused():
    with pytest.raises(ValueError, match="same length"):
        products([3, 3], [1, 1, 1], [1, 1])


@pytest.mark.parametrize("icc", [-0.01, 1.0, np.nan])
def test_an_icc_given_outside_its_range_is_refused(icc):
    with pytest.raises(ValueError, match="from 0 to below 1"):
        random_intercept(products([30, 40], [19.0, 22.0], [700, 900]), icc=icc)


def test_no_scale_is_refused():
    with pytest.raises(ValueError, match="at least one scale"):
        pooled_icc([])
