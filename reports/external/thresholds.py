"""A threshold as text with one spelling: ">=7", "<=19.5", ">=3 <=5", or the codes "4 5"."""

import re
from collections.abc import Collection
from math import inf

BOUND = re.compile(r"(>=|<=)\s*(-?[0-9]+(?:\.[0-9]+)?)")


def spelled(codes: Collection[int] | None, low: float = -inf, high: float = inf) -> str:
    """The one spelling of a list of codes, or of the numbers from `low` to `high`."""
    if codes is not None:
        return " ".join(str(code) for code in sorted(set(codes)))
    ends = (("<=", high), (">=", low))
    return " ".join(f"{sign}{end:g}" for sign, end in reversed(ends) if abs(end) < inf)


def canonical(text: str) -> str:
    """A threshold as somebody wrote it, in our spelling; "" stays "".

    Raises:
        ValueError: neither bounds nor codes.
    """
    if not text:
        return ""
    if re.fullmatch(r"-?[0-9]{1,4}([\s,;]+-?[0-9]{1,4})*", text):
        return spelled([int(code) for code in re.split(r"[\s,;]+", text)])
    bounds = dict(BOUND.findall(text))
    if not bounds or BOUND.sub("", text).strip(" ,;") or len(BOUND.findall(text)) != len(bounds):
        raise ValueError("reads >=7, <=19.5, >=3 <=5, or the answers' codes such as 4 5")
    return spelled(None, float(bounds.get(">=", -inf)), float(bounds.get("<=", inf)))
