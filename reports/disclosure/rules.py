"""The numbers that decide what may be published, as one frozen, named, versioned object.

They stand in `rulesets/<name>-<version>.json`, each with its source or reason beside it. A change
of any number is a new file: a release names the rule set by which it was made.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

STATEMENT = "No calculation from our published tables can isolate fewer than ten pupils."
NOT_COVERED = (
    "It does not cover what friends know from elsewhere, groups whose members all answered the "
    "same, or free text, which is never published."
)
FILES = Path(__file__).parent / "rulesets"


class BadRuleSet(ValueError):
    """A rule set that cannot be used; the message names the file and the rule."""


@dataclass(frozen=True)
class RuleSet:
    """Rules of one release; why each number is what it is stands in its file (`sources`).

    k, m: the fewest pupils of a part of a breakdown, and of a combination of published numbers.
    one_way, pairs: the closed list of demographics by which groups are made; `pairs` are not
        offered for wards.
    ladder: the coarser form that stands in for a demographic with too small a part.
    totals_only: categories counted in totals but never a part of their own.
    priority: (kind of place, number of demographics), most important first.
    min_schools, max_school_share: of a public area.
    min_other_schools: of a comparison.
    sd_base: the fewest pupils of whom an SD is shown.
    two_way_share: an indicator with both sides at this share in the borough is shown everywhere.
    ward_multiple: ward numerators are rounded to its multiples.
    hidden_count: numerators (of either side) under it are not told apart from nought, and outside
        the tables of `answers_at` such a measure is not shown in the breakdown at all.
    extreme_base: the base from which such a share is surely under 5 %.
    answers_at: the only breakdowns with full answer distributions, as (kind, demographics).
    sensitive_kinds, sensitive_dims: sensitive measures stay at these places' totals, and in the
        borough may be split by these demographics only.
    """

    name: str
    version: int
    k: int
    m: int
    one_way: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    ladder: tuple[tuple[str, str], ...]
    totals_only: tuple[tuple[str, str], ...]
    priority: tuple[tuple[str, int], ...]
    min_schools: int
    max_school_share: float
    min_other_schools: int
    sd_base: int
    two_way_share: float
    ward_multiple: int
    hidden_count: int
    extreme_base: int
    answers_at: tuple[tuple[str, tuple[str, ...]], ...]
    sensitive_kinds: tuple[str, ...]
    sensitive_dims: tuple[str, ...]

    def coarser(self, dims: tuple[str, ...]) -> tuple[str, ...] | None:
        """The same demographics one step down the ladder; None where there is no step."""
        steps: Mapping[str, str] = dict(self.ladder)
        if not any(dim in steps for dim in dims):
            return None
        return tuple(sorted(steps.get(dim, dim) for dim in dims))

    def is_main(self, kind: str, dims: tuple[str, ...]) -> bool:
        """Does this table show full answers, and labels in place of small numerators?"""
        return (kind, dims) in self.answers_at

    def rank(self, kind: str, dims: tuple[str, ...]) -> int:
        """Place in the order of importance; the larger, the sooner it is dropped."""
        return self.priority.index((kind, len(dims)))

    def to_document(self) -> dict[str, Any]:
        """As plain data, to store with a release and to print."""
        return asdict(self)


def rule_set(name: str, version: int) -> RuleSet:
    """A rule set by its name and version.

    Raises:
        BadRuleSet: there is no such file, or it does not hold every rule in a usable form.
    """
    file = FILES / f"{name}-{version}.json"
    found = _read(file)
    if (found.name, found.version) != (name, version):
        raise BadRuleSet(f"{file.name}: it is named {found.name} {found.version} inside")
    return found


def sources(name: str, version: int) -> dict[str, str]:
    """Why each rule of a rule set is what it is: rule -> one or two sentences."""
    document = _document(FILES / f"{name}-{version}.json")
    return {rule: entry["source"] for rule, entry in document["rules"].items()}


def _read(file: Path) -> RuleSet:
    document = _document(file)
    kinds = get_type_hints(RuleSet)
    wanted = {field.name for field in fields(RuleSet)} - {"name", "version"}
    if wanted != set(document["rules"]):
        odd = ", ".join(sorted(wanted ^ set(document["rules"])))
        raise BadRuleSet(f"{file.name}: rules missing or unknown: {odd}")
    values = {}
    for rule, entry in document["rules"].items():
        if not str(entry.get("source", "")).strip():
            raise BadRuleSet(f"{file.name}: {rule} has no source")
        values[rule] = _value(entry.get("value"), kinds[rule], f"{file.name}: {rule}")
    found = RuleSet(name=document["name"], version=document["version"], **values)
    _check(found, file.name)
    return found


def _document(file: Path) -> dict[str, Any]:
    try:
        document = json.loads(file.read_text())
    except (OSError, ValueError) as error:
        raise BadRuleSet(f"{file.name}: {error}") from error
    if not isinstance(document, dict) or set(document) != {"name", "version", "rules"}:
        raise BadRuleSet(f"{file.name}: needs name, version and rules, and nothing else")
    return document


def _value(value: Any, kind: Any, where: str) -> Any:
    """JSON's lists as the tuples of the type; nothing is turned into another type silently."""
    if get_origin(kind) is tuple:
        inner = get_args(kind)
        if not isinstance(value, list):
            raise BadRuleSet(f"{where}: a list is needed, not {value!r}")
        if inner[-1] is Ellipsis:
            inner = (inner[0],) * len(value)
        if len(inner) != len(value):
            raise BadRuleSet(f"{where}: {len(inner)} entries are needed in {value!r}")
        return tuple(_value(each, kind, where) for each, kind in zip(value, inner, strict=True))
    allowed = (int, float) if kind is float else kind
    if not isinstance(value, allowed) or isinstance(value, bool):
        raise BadRuleSet(f"{where}: {value!r} is no {kind.__name__}")
    return value


def _check(rules: RuleSet, file: str) -> None:
    """What must hold between the numbers."""
    broken = {
        "k and m: at least 3": min(rules.k, rules.m) < 3,
        "k: at least m, or a part by itself would be a leak": rules.k < rules.m,
        "shares: between nought and one": not 0 < rules.max_school_share <= 1
        or not 0 <= rules.two_way_share <= 0.5,
        "extreme_base: what is hidden must be under 5 %": (rules.hidden_count - 1)
        >= 0.05 * rules.extreme_base,
        "hidden_count, ward_multiple: at least 1": min(rules.hidden_count, rules.ward_multiple) < 1,
        "priority: each kind of breakdown once": len(set(rules.priority)) != len(rules.priority),
        "priority: every kind of breakdown": not _kinds(rules) <= set(rules.priority),
    }
    for reason, is_broken in broken.items():
        if is_broken:
            raise BadRuleSet(f"{file}: {reason}")


def _kinds(rules: RuleSet) -> set[tuple[str, int]]:
    kinds = {"borough", "locality", "school", "ward"}
    found = {(kind, number) for kind in kinds for number in (0, 1)}
    return found | {(kind, 2) for kind in kinds - {"ward"} if rules.pairs}


STANDARD = rule_set("whole-breakdowns", 1)
