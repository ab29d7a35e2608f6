"""Groups in words that people use."""

from collections.abc import Mapping

Values = tuple[tuple[str, str], ...]

DIMENSIONS: dict[str, str] = {
    "year_group": "Year group",
    "sex": "Sex",
    "fsm": "Free school meals",
    "sen": "Special educational needs",
    "sen_detail": "Kind of SEN provision",
}

VALUES: dict[tuple[str, str], str] = {
    ("sex", "F"): "Girls",
    ("sex", "M"): "Boys",
    ("sex", "X"): "Recorded as neither F nor M",
    ("fsm", "yes"): "Eligible for free school meals",
    ("fsm", "no"): "Not eligible for free school meals",
    ("sen", "any"): "With SEN support or a plan",
    ("sen", "none"): "No special educational needs",
    ("sen_detail", "support"): "With SEN support",
    ("sen_detail", "plan"): "With an education, health and care plan",
    ("sen_detail", "none"): "No special educational needs",
}

# How a value stands behind the noun: "pupils eligible for free school meals".
BEHIND: dict[tuple[str, str], str] = {
    ("fsm", "yes"): "eligible for free school meals",
    ("fsm", "no"): "not eligible for free school meals",
    ("sen", "any"): "with SEN support or a plan",
    ("sen", "none"): "without special educational needs",
    ("sen_detail", "support"): "with SEN support",
    ("sen_detail", "plan"): "with an education, health and care plan",
    ("sen_detail", "none"): "without special educational needs",
}

# A group where there is room for a word or two; `SHORT_NOTE` stands beside them.
SHORT: dict[tuple[str, str], str] = {
    ("fsm", "yes"): "FSM",
    ("fsm", "no"): "Not FSM",
    ("sen", "any"): "SEN",
    ("sen", "none"): "No SEN",
    ("sen_detail", "support"): "Support",
    ("sen_detail", "plan"): "Plan",
    ("sen_detail", "none"): "No SEN",
}
SHORT_NOTE = (
    "FSM: eligible for free school meals. SEN: with support for special educational needs "
    "(Support) or an education, health and care plan (Plan). A dash: not shown, so that no pupil "
    "can be found out."
)

PLACES = {"borough": "Borough", "locality": "Locality", "ward": "Ward", "school": "School"}


def dimension(dim: str) -> str:
    """A demographic's name, as the name of a filter."""
    return DIMENSIONS.get(dim, dim)


def value(dim: str, code: str) -> str:
    """One value's name, as it stands alone: "Year 8"."""
    if dim == "year_group":
        return f"Year {code}"
    return VALUES.get((dim, code), code)


def short(values: Values) -> str:
    """A group of one demographic in a word or two: "Year 8", "Girls", "Not FSM"."""
    (pair,) = values
    return SHORT.get(pair) or value(*pair)


def pupils(values: Values | Mapping[str, str]) -> str:
    """A group as people: "Year 8 girls with SEN support"; "pupils" where nothing is chosen."""
    chosen = dict(values)
    noun = {"F": "girls", "M": "boys"}.get(chosen.get("sex", ""), "pupils")
    year = f"Year {chosen['year_group']} " if "year_group" in chosen else ""
    behind = [BEHIND[pair] for pair in chosen.items() if pair in BEHIND]
    return " ".join([year + noun, *behind])


def group(values: Values | Mapping[str, str]) -> str:
    """A group as a row's label: "Year 8, girls"; "All pupils" where nothing is chosen."""
    names = [value(*pair) for pair in sorted(dict(values).items(), key=_year_first)]
    joined = ", ".join([*names[:1], *map(_inside, names[1:])])
    return joined or "All pupils"


def breakdown(dims: tuple[str, ...]) -> str:
    """A withheld table in words: "by year group and sex"."""
    ordered = sorted(dims, key=lambda dim: dim != "year_group")
    names = [_inside(dimension(dim)) for dim in ordered]
    return f"by {' and '.join(names)}" if names else "all pupils together"


def _inside(words: str) -> str:
    """Words as they stand inside a sentence."""
    return words[:1].lower() + words[1:]


def _year_first(pair: tuple[str, str]) -> tuple[bool, str]:
    return pair[0] != "year_group", pair[0]
