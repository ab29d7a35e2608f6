"""When a report may say "higher" or "lower", and what it may say stands out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from math import isnan
from pathlib import Path
from typing import Any, Literal

Verdict = Literal["higher", "lower", "same"]
RULESETS = Path(__file__).parent / "rulesets"


@dataclass(frozen=True)
class VerdictRule:
    """The rule as data, stored with every release; `rulesets/` says where each number is from.

    alpha: on Benjamini-Hochberg p-values over one report's headlines and scores.
    min_effect: Hedges' g, for scores. min_points: percentage points, for headlines.
    min_base: pupils with a valid answer, below which no verdict is given.
    most: how many findings may stand out.
    icc: share of variance between schools where a wave's own cannot be estimated.
    """

    name: str
    version: int
    alpha: float
    min_effect: float
    min_points: float
    min_base: int
    most: int
    icc: float


def rule(name: str, version: int) -> VerdictRule:
    """The rule of that name and version. Raises OSError where there is no such file."""
    return read_rule(_document(name, version))


def reasons(name: str, version: int) -> dict[str, str]:
    """Why each number of a rule is what it is, by the field's name."""
    numbers = _document(name, version)["numbers"]
    return {field: str(entry["why"]) for field, entry in numbers.items()}


def read_rule(document: Mapping[str, Any]) -> VerdictRule:
    """A rule from the document of its file.

    Raises:
        ValueError: naming numbers that are missing, unknown, out of range or without a reason.
    """
    numbers: Mapping[str, Any] = document.get("numbers", {})
    wanted = {field.name for field in fields(VerdictRule)} - {"name", "version"}
    wrong = sorted(wanted ^ numbers.keys())
    wrong += sorted(field for field in wanted & numbers.keys() if not _fits(field, numbers[field]))
    if wrong or not document.get("name") or type(document.get("version")) is not int:
        raise ValueError(f"not a verdict rule: {', '.join(wrong) or 'name or version'}")
    values = {field: entry["value"] for field, entry in numbers.items()}
    return VerdictRule(name=document["name"], version=document["version"], **values)


def _document(name: str, version: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((RULESETS / f"{name}-{version}.json").read_text("utf-8"))
    return found


def _fits(field: str, entry: Any) -> bool:
    """A number in its range, with a reason beside it."""
    if not isinstance(entry, dict) or not str(entry.get("why", "")).strip():
        return False
    value: Any = entry.get("value")
    whole = field in {"min_base", "most"}
    if type(value) not in ((int,) if whole else (int, float)):
        return False
    return bool(0 < value < 1 if field in {"alpha", "icc"} else value > 0)


STANDARD = rule("bh-with-floor", 1)


def verdict(
    p_adjusted: float, effect: float, unit: Literal["g", "points"], rule: VerdictRule = STANDARD
) -> Verdict:
    """One of three words: clear of chance and large enough, or else "same".

    Args:
        p_adjusted: the p-value adjusted over the report's family; NaN means no evidence.
        effect: Hedges' g, or the difference in percentage points, signed.
        unit: which of the two `effect` is.
    """
    floor = rule.min_effect if unit == "g" else rule.min_points
    if isnan(p_adjusted) or p_adjusted >= rule.alpha or abs(effect) < floor:
        return "same"
    return "higher" if effect > 0 else "lower"


def shrunk(effect: float, n: float, icc: float) -> float:
    """What is left of a school's standardised difference once chance is taken out of it.

    The empirical Bayes estimate under one random intercept: the difference times the reliability
    of a mean of `n` pupils, n icc / (1 + (n - 1) icc).

    Args:
        effect: the school's difference in SDs of pupils, signed.
        icc: share of the pupils' variance that lies between schools, above 0 and below 1.

    Source: Spearman-Brown for a school's mean; Snijders and Bosker (2012), Multilevel Analysis,
    section 4.8. Reference: lme4 1.1.31, `ranef(lmer(y ~ 1 + (1 | school)))`.
    """
    return effect * n * icc / (1 + (n - 1) * icc)


def standardised(points: float, percent: float) -> float:
    """A difference in percentage points on the ruler of scores: in SDs of a yes/no answer.

    Args:
        percent: the share among those compared with; at 0 and 100 there is no ruler, so NaN.
    """
    variance = percent * (100 - percent)
    return points / variance**0.5 if variance > 0 else float("nan")
