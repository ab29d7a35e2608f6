"""Where a pupil finds help: the card that everybody gets, from one dated data file."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

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
def support_card() -> SupportCard:
    document = json.loads(FILE.read_text(encoding="utf-8"))
    checked = document["checked_on"]
    return SupportCard(
        checked_on=date.fromisoformat(checked) if checked else None,
        contacts=tuple(Contact(**entry) for entry in document["contacts"]),
    )
