"""The journey as an oTree app: PAGES pages of ITEMS five-point radio questions each."""

import json
import os
from pathlib import Path

from otree.api import BaseConstants, BaseGroup, BasePlayer, BaseSubsession, Page, models, widgets

QUESTIONS = json.loads(Path(os.environ["JOURNEY"]).read_text(encoding="utf-8"))


class C(BaseConstants):
    NAME_IN_URL = "journey"
    PLAYERS_PER_GROUP = None
    NUM_ROUNDS = 1


class Subsession(BaseSubsession):
    pass


class Group(BaseGroup):
    pass


def _fields():
    choices = [[code, label] for code, label in enumerate(QUESTIONS["labels"], start=1)]
    return {
        key: models.IntegerField(
            label=text, choices=choices, widget=widgets.RadioSelect, blank=True
        )
        for page in QUESTIONS["pages"]
        for key, text in page.items()
    }


def _page(number, keys):
    parts = {
        "form_model": "player",
        "form_fields": keys,
        "template_name": "journey/Paper.html",
        "__module__": __name__,
    }
    return type(f"Paper{number:02d}", (Page,), parts)


Player = type(BasePlayer)("Player", (BasePlayer,), {"__module__": __name__, **_fields()})

page_sequence = [_page(n, list(page)) for n, page in enumerate(QUESTIONS["pages"], start=1)]
