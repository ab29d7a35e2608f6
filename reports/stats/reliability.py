"""How well the items of a scale hang together: alpha, omega, item-rest correlations.

All from the items' covariance matrix (k, k), so that a cube of sums is enough. Items point the same
way: reverse the negative ones first. A scale too short, or an item that never varies, gives NaN.
"""

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import minimize
from scipy.special import fdtri

from reports.stats.proportions import Floats, Interval

LEAST_UNIQUE = 0.005  # of an item's variance: below it the factor would explain more than all


def covariance(rows: ArrayLike) -> tuple[Floats, int]:
    """Covariance (n - 1) of the items over complete rows, and the number of such rows.

    Args:
        rows: (pupils, items); NaN is no answer and the whole row is left out.

    Raises:
        ValueError: the rows are not a table.
    """
    table = np.asarray(rows, dtype=float)
    if table.ndim != 2:
        raise ValueError(f"rows are pupils by items, not {table.ndim}-dimensional")
    complete = table[~np.isnan(table).any(axis=1)]
    centred = complete - complete.mean(axis=0) if len(complete) else complete
    return from_sums(len(complete), np.zeros(table.shape[1]), centred.T @ centred), len(complete)


def from_sums(n: int, totals: ArrayLike, products: ArrayLike) -> Floats:
    """Covariance (n - 1) from sums over the same n pupils; NaN below two.

    Args:
        totals: (k,) the sum of each item.
        products: (k, k) the sum of each pair of items multiplied, squares on the diagonal.
    """
    summed, multiplied = np.asarray(totals, dtype=float), _square(products)
    if n < 2:
        return np.full(multiplied.shape, np.nan)
    return (multiplied - np.outer(summed, summed) / n) / (n - 1)


def alpha(covariance: ArrayLike, n: int, level: float = 0.95) -> Interval:
    """Cronbach's alpha with Feldt's interval; NaN below two items, ends NaN below two pupils.

    Source: Cronbach (1951), Psychometrika 16; Feldt, Woodruff and Salih (1987), Applied
    Psychological Measurement 11: (1 - alpha) / (1 - estimate) is F on (k - 1)(n - 1) and n - 1.
    Reference: R 4.2.2 with psych 2.2.9, `alpha(x)$total$raw_alpha`, `alpha.ci(alpha, n, k)`.
    """
    matrix = _square(covariance)
    k = len(matrix)
    if k < 2 or not matrix.sum() > 0:
        return Interval(*(np.asarray(np.nan) for _ in range(3)))
    value = k / (k - 1) * (1 - np.trace(matrix) / matrix.sum())
    tails = np.array([0.5 + level / 2, 0.5 - level / 2])
    factor = fdtri(n - 1, (n - 1) * (k - 1), tails) if n > 1 else np.full(2, np.nan)
    low, high = 1 - (1 - value) * factor
    return Interval(np.asarray(value), np.asarray(low), np.asarray(high))


def alpha_without(covariance: ArrayLike) -> Floats:
    """Alpha of the scale with each item left out in turn, (k,).

    Reference: psych 2.2.9, `alpha(x)$alpha.drop$raw_alpha`.
    """
    matrix = _square(covariance)
    kept = [np.delete(np.delete(matrix, i, 0), i, 1) for i in range(len(matrix))]
    return np.array([alpha(less, 0).value for less in kept], dtype=float)


def item_rest(covariance: ArrayLike) -> Floats:
    """Correlation of each item with the sum of the others, (k,).

    Reference: psych 2.2.9, `alpha(x)$item.stats$r.drop`.
    """
    matrix = _square(covariance)
    variance = np.diag(matrix)
    shared = matrix.sum(axis=1) - variance
    rest = matrix.sum() - variance - 2 * shared
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(shared / np.sqrt(variance * rest), dtype=float)


def omega(covariance: ArrayLike) -> float:
    """Omega total of one common factor: the share of the sum's variance that the factor explains.

    The factor is fitted by maximum likelihood; NaN below three items, which do not determine it.
    Source: McDonald (1999), Test Theory: (sum l)2 / ((sum l)2 + sum u), implied total variance.
    Reference: R 4.2.2 with lavaan 0.6.14, `cfa("f =~ ...", std.lv = TRUE)`, from its estimates.
    """
    loadings, unique = one_factor(covariance)
    common = loadings.sum() ** 2
    return float(common / (common + unique.sum()))


def one_factor(covariance: ArrayLike) -> tuple[Floats, Floats]:
    """Loadings (k,) and unique variances (k,) of one factor of variance 1, in the items' units.

    Maximum likelihood over the unique variances alone: given them, the loadings are the first
    eigenvector. A unique variance is held at 0.5 % of its item's or more, as R's `factanal` does
    (lavaan lets it go below nought).
    Source: Joreskog (1967), Psychometrika 32.
    """
    matrix = _square(covariance)
    scale = np.sqrt(np.diag(matrix))
    if len(matrix) < 3 or not (scale > 0).all():
        return np.full(len(matrix), np.nan), np.full(len(matrix), np.nan)
    correlation = matrix / np.outer(scale, scale)
    # Start as factanal does, from what the other items do not explain of each.
    start = np.clip((1 - 0.5 / len(matrix)) / np.diag(np.linalg.pinv(correlation)), 0.01, 1.0)
    found = minimize(
        _misfit,
        np.log(start),
        args=(correlation,),
        jac=True,
        method="L-BFGS-B",
        bounds=[(np.log(LEAST_UNIQUE), 0.0)] * len(matrix),
        options={"ftol": 1e-15, "gtol": 1e-8},
    )
    unique = np.exp(found.x)
    return scale * _loadings(correlation, unique)[0], scale**2 * unique


def _loadings(correlation: Floats, unique: Floats) -> tuple[Floats, Floats]:
    """The best loadings for these unique variances, and the eigenvalues, smallest first."""
    root = np.sqrt(unique)
    values, vectors = np.linalg.eigh(correlation / np.outer(root, root))
    first = vectors[:, -1] * np.sign(vectors[:, -1].sum())
    return root * first * np.sqrt(max(values[-1] - 1, 0.0)), values


def _misfit(log_unique: Floats, correlation: Floats) -> tuple[float, Floats]:
    """Minus twice the log likelihood of a pupil, up to a constant, and its slope."""
    unique = np.exp(log_unique)
    loadings, values = _loadings(correlation, unique)
    taken = max(values[-1], 1.0)
    slope = (loadings**2 + unique - np.diag(correlation)) / unique
    return float(log_unique.sum() + np.log(taken) + values.sum() - taken), slope


def _square(matrix: ArrayLike) -> Floats:
    square = np.asarray(matrix, dtype=float)
    if square.ndim != 2 or square.shape[0] != square.shape[1]:
        raise ValueError(f"a covariance matrix is square, not {square.shape}")
    return square
