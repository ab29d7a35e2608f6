"""Where a pupil finds help: the card that everybody gets, from one dated data file.

A contact may say its words in other languages under `in`; what is not said there stays as it is.
"""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("support.json")


@dataclass(frozen=True)
class Contact:
    name: str
    how: str
    detail: str
    link: str = ""


@dataclass(frozen=True)
class SupportCard:
    """`checked_on`: the day somebody last made sure that every number is right, if ever."""

    checked_on: date | None
    contacts: tuple[Contact, ...]


@cache
def support_card(language: str = "") -> SupportCard:
    """The card in a language that its file speaks ("cy"); in its own words for any other."""
    document = json.loads(FILE.read_text(encoding="utf-8"))
    checked = document["checked_on"]
    return SupportCard(
        checked_on=date.fromisoformat(checked) if checked else None,
        contacts=tuple(_contact(language, **entry) for entry in document["contacts"]),
    )


def _contact(language: str, **entry: Any) -> Contact:
    translated = entry.pop("in", {}).get(language, {})
    return Contact(**{**entry, **translated})
