"""How often four rules call an ordinary school "higher" or "lower", and what they find.

Schools of a first wave, drawn from their sums: the mean and the SD of normal scores, the count of
a headline. p-values, adjustment and verdict are the product's own functions. Independent
indicators are the worst case for a school with no difference: related ones give fewer flags.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reports.stats.adjust import benjamini_hochberg
from reports.stats.means import Summary, hedges_g, welch
from reports.stats.proportions import difference, score_test
from reports.stats.verdicts import STANDARD, Verdict, verdict

Floats = NDArray[np.float64]
SIZES = np.array([418, 331, 286, 265, 228, 214, 187, 152, 121, 85])  # 2,287 pupils, 10 schools
INDICATORS = 40
SIGN: dict[Verdict, int] = {"higher": 1, "lower": -1, "same": 0}


@dataclass(frozen=True)
class Drawn:
    """What a rule may look at, repeats x schools x indicators.

    p: of the school against the rest. effect: Hedges' g or points, by `unit` of the indicator.
    mean: the school's own mean or share.
    """

    p: Floats
    effect: Floats
    mean: Floats
    unit: tuple[str, ...]


Rule = Callable[[Drawn], NDArray[np.int64]]


def scores(true: Floats, dice: np.random.Generator, sizes: Floats = SIZES) -> Drawn:
    """Schools whose pupils' scores have these true means (repeats x schools x scales) and SD 1."""
    n = np.asarray(sizes, dtype=float)[:, None]
    mean = true + dice.normal(size=true.shape) / np.sqrt(n)
    squares = dice.chisquare(n - 1, size=true.shape)
    own = Summary(n, mean, np.sqrt(squares / (n - 1)))
    rest_n = n.sum() - n
    rest = Summary(rest_n, *_others(n, mean, squares))
    # The borough's SD is the ruler; with thousands of pupils it is 1.
    effect = hedges_g(own, rest, np.ones(1)).value
    return Drawn(welch(own, rest).p, effect, mean, ("g",) * true.shape[2])


def _others(n: Floats, mean: Floats, squares: Floats) -> tuple[Floats, Floats]:
    """Mean and SD of all pupils of the other schools."""
    rest_n = n.sum() - n
    rest = ((n * mean).sum(1, keepdims=True) - n * mean) / rest_n
    within = squares.sum(1, keepdims=True) - squares
    between = (n * mean**2).sum(1, keepdims=True) - n * mean**2 - rest_n * rest**2
    return rest, np.sqrt((within + between) / (rest_n - 1))


def headlines(true: Floats, dice: np.random.Generator, sizes: Floats = SIZES) -> Drawn:
    """Schools whose true shares are these (repeats x schools x headlines)."""
    n = np.asarray(sizes, dtype=float)[:, None]
    met = dice.binomial(n.astype(int), true).astype(float)
    rest, rest_n = met.sum(1, keepdims=True) - met, n.sum() - n
    gap = difference(met, n, rest, rest_n).value
    return Drawn(score_test(met, n, rest, rest_n), 100 * gap, met / n, ("points",) * true.shape[2])


def together(one: Drawn, two: Drawn) -> Drawn:
    pairs = ((one.p, two.p), (one.effect, two.effect), (one.mean, two.mean))
    return Drawn(*(np.concatenate(pair, axis=2) for pair in pairs), one.unit + two.unit)


def plain(drawn: Drawn) -> NDArray[np.int64]:
    """p below .05, each indicator by itself."""
    return np.where(drawn.p < 0.05, np.sign(drawn.effect), 0).astype(int)


def one_sd(drawn: Drawn) -> NDArray[np.int64]:
    """More than one SD of the schools' means from the mean of the schools' means."""
    away = drawn.mean - drawn.mean.mean(1, keepdims=True)
    return np.where(np.abs(away) > drawn.mean.std(1, ddof=1, keepdims=True), np.sign(away), 0)


def adjusted(drawn: Drawn) -> NDArray[np.int64]:
    """Benjamini-Hochberg over a school's indicators, no floor."""
    return np.where(_adjusted(drawn.p) < STANDARD.alpha, np.sign(drawn.effect), 0).astype(int)


def ours(drawn: Drawn) -> NDArray[np.int64]:
    """The product's verdicts."""
    p = _adjusted(drawn.p)
    word = np.vectorize(lambda p, effect, unit: SIGN[verdict(p, effect, unit)], otypes=[int])
    return np.asarray(word(p, drawn.effect, np.array(drawn.unit)))


def _adjusted(p: Floats) -> Floats:
    families = p.reshape(-1, p.shape[-1])
    return np.array([benjamini_hochberg(family) for family in families]).reshape(p.shape)


RULES: dict[str, Rule] = {
    "95 % each": plain,
    "one SD of schools": one_sd,
    "BH": adjusted,
    "BH with the floor": ours,
}


def no_differences(repeats: int, seed: int = 2026) -> dict[str, float]:
    """(a) Share of schools with any flag where no school differs in anything."""
    dice = np.random.default_rng(seed)
    half = INDICATORS // 2
    nobody = np.zeros((repeats, len(SIZES), half))
    shares = np.broadcast_to(dice.uniform(0.08, 0.6, (repeats, 1, half)), nobody.shape)
    drawn = together(scores(nobody, dice), headlines(shares, dice))
    return {name: float((rule(drawn) != 0).any(2).mean()) for name, rule in RULES.items()}


@dataclass(frozen=True)
class Flags:
    """Of one rule, in percent: comparisons flagged; flags that are negligible, of wrong sign;
    differences of 0.2 and more found; differences under 0.02 flagged."""

    flagged: float
    negligible: float
    wrong: float
    found: float
    ordinary: float


def real_differences(repeats: int, scales: int = 100, seed: int = 2026) -> dict[str, Flags]:
    """(b) Schools that differ as they do: ICC .014 of every scale, 100 scales a family."""
    dice = np.random.default_rng(seed)
    between, n = np.sqrt(STANDARD.icc / (1 - STANDARD.icc)), SIZES[:, None]
    true = dice.normal(0, between, (repeats, len(SIZES), scales))
    # The school's pupils against the pupils of the other schools, as the test asks.
    gap = true - ((n * true).sum(1, keepdims=True) - n * true) / (n.sum() - n)
    drawn = scores(true, dice)
    return {name: _flags(rule(drawn), gap) for name, rule in RULES.items()}


def _flags(said: NDArray[np.int64], gap: Floats) -> Flags:
    flagged, size = said != 0, np.abs(gap)
    shares = (
        flagged,
        size[flagged] < 0.05,
        np.sign(gap)[flagged] != said[flagged],
        (flagged & (np.sign(gap) == said))[size >= 0.2],
        flagged[size < 0.02],
    )
    return Flags(*(100 * float(share.mean()) for share in shares))


def power(n: int, effect: float, unit: str, repeats: int = 2000, seed: int = 2026) -> float:
    """Chance that one true difference among 40 indicators is called by its right name.

    effect: in SDs for "g", in points (above 30 %) for "points". The others do not differ: where
    more do, the adjusted threshold is kinder and the power greater.
    """
    dice = np.random.default_rng(seed)
    sizes = np.array([n, SIZES.sum() - n])
    true = np.zeros((repeats, 2, INDICATORS - 1))
    one = np.zeros((repeats, 2, 1))
    if unit == "g":
        one[:, 0] = effect
        drawn = together(scores(one, dice, sizes), scores(true, dice, sizes))
    else:
        one += 0.3
        one[:, 0] += effect / 100
        drawn = together(headlines(one, dice, sizes), scores(true, dice, sizes))
    school = Drawn(drawn.p[:, :1], drawn.effect[:, :1], drawn.mean[:, :1], drawn.unit)
    return float((ours(school)[:, 0, 0] == np.sign(effect)).mean())


def main() -> None:
    print(f"  rule: {STANDARD.name} {STANDARD.version}; {len(SIZES)} schools, {SIZES.sum()} pupils")
    print(f"  (a) no school differs, {INDICATORS} indicators: schools with any flag")
    for name, share in no_differences(400).items():
        print(f"      {name:<18} {100 * share:5.1f} %")
    print(f"  (b) ICC {STANDARD.icc}, 100 scales, percent")
    print("      rule                flagged  |g|<.05  wrong sign  |g|>=.2 found  |g|<.02 flagged")
    for name, each in real_differences(40).items():
        print(
            f"      {name:<18} {each.flagged:8.1f} {each.negligible:8.1f} {each.wrong:11.1f} "
            f"{each.found:14.1f} {each.ordinary:16.1f}"
        )
    print("  power of one true difference among 40 indicators, percent")
    print("      pupils    g .2    g .3   5 points  10 points")
    for n in (40, 85, 228):
        cells = [
            power(n, *each) for each in ((0.2, "g"), (0.3, "g"), (5, "points"), (10, "points"))
        ]
        print(f"      {n:>6} " + " ".join(f"{100 * cell:7.0f}" for cell in cells))


if __name__ == "__main__":
    main()
