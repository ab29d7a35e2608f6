"""Intervals of a share under a survey design, where Wilson's would be too narrow.

All start from the linearised standard error and Student's t with schools less strata degrees of
freedom. "logit" is the one to use: it stays between 0 and 1 and is a closed form. The others are
there to be compared with it. A share of exactly 0 or 1 has a standard error of nought, which tells
nothing, so its ends are NaN; say "fewer than" instead.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.optimize import brentq
from scipy.special import betaincinv, expit, logit, stdtrit, xlogy

from reports.stats.estimation import Estimates
from reports.stats.proportions import Floats, Interval

Method = Literal["logit", "likelihood", "asin", "beta", "mean"]
Ends = tuple[Floats, Floats]


@dataclass(frozen=True)
class _Shares:
    """Shares strictly between 0 and 1, each with an error, degrees of freedom and pupils (D,)."""

    p: Floats
    se: Floats
    df: Floats
    n: Floats
    level: float

    def t(self, df: Floats) -> Floats:
        return np.asarray(stdtrit(df, 0.5 + self.level / 2), dtype=float)

    @property
    def half(self) -> Floats:
        return self.t(self.df) * self.se

    @property
    def effective(self) -> Floats:
        """Pupils drawn singly who would give the same error."""
        return self.p * (1 - self.p) / self.se**2


def share_interval(shares: Estimates, method: Method = "logit", level: float = 0.95) -> Interval:
    """Shares (D,) with intervals, as fractions; NaN ends without a degree of freedom.

    Reference: R survey 4.1.1, `svyciprop(~event, design, method, df = degf(design))`; "xlogit"
    there is "logit" here.

    Raises:
        ValueError: a value outside 0 to 1, which is no share.
    """
    p = shares.value
    if ((p < 0) | (p > 1)).any():
        raise ValueError("an interval of a share needs values between 0 and 1")
    # The shares of the strata themselves are fixed by the design: no error, no width.
    fixed = (p > 0) & (p < 1) & (shares.se < 1e-12)
    told = (p > 0) & (p < 1) & ~fixed & (shares.df > 0)
    given = _Shares(p[told], shares.se[told], shares.df[told], shares.n[told], level)
    low, high = np.where(fixed, p, np.nan), np.where(fixed, p, np.nan)
    low[told], high[told] = METHODS[method](given)
    return Interval(p, low, high)


def _on_logits(given: _Shares) -> Ends:
    middle, half = logit(given.p), given.half / (given.p * (1 - given.p))
    return expit(middle - half), expit(middle + half)


def _on_arcsines(given: _Shares) -> Ends:
    middle = np.arcsin(np.sqrt(given.p))
    half = given.half / (2 * np.sqrt(given.p * (1 - given.p)))
    ends = np.maximum(middle - half, 0.0), np.minimum(middle + half, np.pi / 2)
    low, high = (np.square(np.sin(end)) for end in ends)
    return low, high


def _as_it_is(given: _Shares) -> Ends:
    return given.p - given.half, given.p + given.half


def _by_beta(given: _Shares) -> Ends:
    """Clopper and Pearson's exact interval for the effective number of pupils.

    Source: Korn and Graubard (1998), Survey Methodology 24.
    """
    n = given.effective * (given.t(given.n - 1) / given.t(given.df)) ** 2
    yes, no = n * given.p, n * (1 - given.p)
    tail = (1 - given.level) / 2
    low, high = betaincinv(yes, no + 1, tail), betaincinv(yes + 1, no, 1 - tail)
    return np.asarray(low, dtype=float), np.asarray(high, dtype=float)


def _by_likelihood(given: _Shares) -> Ends:
    """Where the log-likelihood of the effective number of pupils has fallen by t squared over 2.

    The n / (n - 1) is that of the estimated dispersion in R's profile. R interpolates its profile,
    which moves its ends by up to 1e-4; these are exact.
    Source: Rao and Scott (1984), Annals of Statistics 12.
    """
    fall = given.t(given.df) ** 2 * given.n / (given.n - 1)
    cases = list(zip(given.p, given.effective, fall, strict=True))
    low = [_end(0.0, *case) for case in cases]
    high = [_end(1.0, *case) for case in cases]
    return np.array(low, dtype=float), np.array(high, dtype=float)


def _end(limit: float, p: float, n: float, fall: float) -> float:
    """Between the share and the limit; the limit itself where the fall lies beyond all numbers."""
    near = 1e-300 if limit == 0 else 1 - 1e-16
    if _deviance(near, p, n, fall) < 0:
        return limit
    return float(brentq(_deviance, near, p, args=(p, n, fall), xtol=1e-15))


def _deviance(share: float, p: float, n: float, fall: float) -> float:
    yes, no = xlogy(p, p / share), xlogy(1 - p, (1 - p) / (1 - share))
    return float(2 * n * (yes + no) - fall)


METHODS: Mapping[Method, Callable[[_Shares], Ends]] = {
    "logit": _on_logits,
    "likelihood": _by_likelihood,
    "asin": _on_arcsines,
    "beta": _by_beta,
    "mean": _as_it_is,
}
