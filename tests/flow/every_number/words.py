"""The walk's own words and numbers: what it calls groups, how it rounds, what it reads as a number.

Written anew on purpose: a test that borrowed the pages' labels and rounding would repeat their
mistakes.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

from tests import released

Values = tuple[tuple[str, str], ...]  # demographics of a group with their values, by name

DOCUMENT: Mapping[str, Any] = released.DOCUMENT
ITEMS: dict[str, Mapping[str, Any]] = {each["key"]: each for each in DOCUMENT["items"]}
TOPICS = [
    topic
    for theme in DOCUMENT["themes"]
    if theme["kind"] != "about"
    for topic in DOCUMENT["topics"]
    if topic["theme"] == theme["key"]
]
THEMES = {theme["key"]: theme["title"] for theme in DOCUMENT["themes"] if theme["kind"] != "about"}
HEADS = {head["key"]: head for topic in TOPICS for head in topic["headlines"]}
SCALES = {scale["key"]: scale for scale in DOCUMENT["scales"]}
MISSING = {-1: "skipped", -2: "not reached", -3: "not asked"}

DIMS = {
    "year_group": "Year group",
    "sex": "Sex",
    "fsm": "Free school meals",
    "sen": "Special educational needs",
    "sen_detail": "Kind of SEN provision",
}
# A value as it stands alone, and as it stands behind the pupils (before them, of a sex).
VALUES = {
    ("sex", "F"): ("Girls", "girls"),
    ("sex", "M"): ("Boys", "boys"),
    ("fsm", "yes"): ("Eligible for free school meals", "eligible for free school meals"),
    ("fsm", "no"): ("Not eligible for free school meals", "not eligible for free school meals"),
    ("sen", "any"): ("With SEN support or a plan", "with SEN support or a plan"),
    ("sen", "none"): ("No special educational needs", "without special educational needs"),
    ("sen_detail", "support"): ("With SEN support", "with SEN support"),
    ("sen_detail", "plan"): (
        "With an education, health and care plan",
        "with an education, health and care plan",
    ),
    ("sen_detail", "none"): ("No special educational needs", "without special educational needs"),
}
# Pairs of groups between which a gap is told; year groups one after the other.
PAIRS = (("year_group", "8", "10"), ("sex", "F", "M"), ("fsm", "yes", "no"), ("sen", "any", "none"))


def value_label(dim: str, code: str) -> str:
    return f"Year {code}" if dim == "year_group" else VALUES[dim, code][0]


def group_label(values: Values) -> str:
    """ "Year 8, girls": the year first."""
    ordered = sorted(values, key=lambda pair: pair[0] != "year_group")
    first, *rest = [value_label(*pair) for pair in ordered] or ["All pupils"]
    return ", ".join([first, *(each[0].lower() + each[1:] for each in rest)])


def people(values: Values) -> str:
    """ "Year 8 girls": as they stand in a sentence."""
    chosen = dict(values)
    noun = VALUES["sex", chosen["sex"]][1] if "sex" in chosen else "pupils"
    year = f"Year {chosen['year_group']} " if "year_group" in chosen else ""
    behind = [VALUES[pair][1] for pair in values if pair[0] not in {"sex", "year_group"}]
    return " ".join([year + noun, *behind])


def short_label(values: Values) -> str:
    """As a column's head, where there is room for a word or two."""
    ((dim, code),) = values
    known = {
        ("fsm", "yes"): "FSM", ("fsm", "no"): "Not FSM", ("sen", "any"): "SEN",
        ("sen", "none"): "No SEN", ("sen_detail", "support"): "Support",
        ("sen_detail", "plan"): "Plan", ("sen_detail", "none"): "No SEN",
    }  # fmt: skip
    return known.get((dim, code)) or value_label(dim, code)


def year_of(values: Values) -> list[str]:
    """The number in the name of a group, which stands wherever the group is named."""
    return [code for dim, code in values if dim == "year_group"]


def first_up(words: str) -> str:
    return words[:1].upper() + words[1:]


def heads_of(theme: str) -> list[str]:
    """The keys of a theme's headlines, in their order."""
    return [h["key"] for topic in TOPICS if topic["theme"] == theme for h in topic["headlines"]]


def headline_of(words: str) -> str | None:
    """The headline whose label stands in these words."""
    return next((key for key, head in HEADS.items() if _says(head["label"], words)), None)


def figure_of(words: str) -> str | None:
    """The headline or score that these words speak of."""
    for key, scale in SCALES.items():
        if f"{scale['title']}, from" in words or words.startswith(f"{scale['title']}: average"):
            return key
    return headline_of(words)


def _says(label: str, words: str) -> bool:
    return label.casefold() in words.casefold()


def name_of(key: str) -> str:
    """A figure as the title of a chart begins."""
    return f"Pupils who {HEADS[key]['label']}" if key in HEADS else SCALES[key]["title"]


# Numbers


def rounded(value: float, decimals: int = 0) -> Decimal:
    """Halves go up, away from nought."""
    unit = Decimal(1).scaleb(-decimals)
    return Decimal(str(value)).quantize(unit, ROUND_HALF_UP) + 0


def shown(value: float, decimals: int = 0, *, signed: bool = False) -> str:
    """As printed: "35", "5.0"; signed "+4", "−6", and "0" without a sign."""
    number = rounded(value, decimals)
    text = f"{number:+}" if signed and number else str(number)
    return text.replace("-", "−")


# Words of the questionnaire that hold numbers which are no figures, such as "at 7 or more".
LABELS = frozenset(
    text
    for text in (
        *(head["label"] for head in HEADS.values()),
        *(item["text"] for item in ITEMS.values()),
        *(scale["citation"] for scale in SCALES.values()),
    )
    if re.search(r"\d", text)
)
NUMBER = re.compile(r"[<>]?[+−-]?\d{1,3}(?:,\d{3})+|[<>]?(?:(?<!\w)[+−-])?\d+(?:\.\d+)?")
VERDICT = {"higher than": "higher", "lower than": "lower", "about the same as": "same"}
TOLD = re.compile(f"{NUMBER.pattern}|{'|'.join(VERDICT)}", re.IGNORECASE)
IN_100 = re.compile(r"(?<=\d) in 100\b")
CLAUSE = re.compile(r"[;.:](?!\d)")
WAY = re.compile(r"\b(?:(lower(?! than)|narrower|the other way round)|higher(?! than)|wider)\b")
DIGIT = re.compile(r"\d")


def numbers(text: str, names: frozenset[str] = frozenset()) -> list[str]:
    """Every number in a text, in order: "<5 %" is "<5", "−6 to +15" is "−6", "+15".

    A way that is said in words is a sign, of all numbers before it in its clause that have none:
    "between 3 and 21 points lower" is "−3", "−21". A verdict stands among the numbers, by its word.

    Args:
        names: more phrases that hold numbers which are no figures.
    """
    if not DIGIT.search(text):
        return []
    text = IN_100.sub("", _named(names).sub(" ", " ".join(text.split())))
    found = [told for clause in CLAUSE.split(text) for told in _in_clause(clause)]
    return found if any(map(DIGIT.search, found)) else []


def _in_clause(clause: str) -> Iterator[str]:
    ways = [(each.start(), "−" if each[1] else "+") for each in WAY.finditer(clause)]
    for each in TOLD.finditer(clause):
        number = VERDICT.get(each[0].lower()) or each[0].replace(",", "")
        plain = number.lstrip("<>+−-")
        signed = DIGIT.match(plain) and float(plain) != 0
        yield next((sign for at, sign in ways if at > each.start() and signed), "") + number


@cache
def _named(names: frozenset[str]) -> re.Pattern[str]:
    longest = sorted(LABELS | names, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest)), re.IGNORECASE)
