"""Wording packs: licensed sentences over stand-ins, with a permission on record."""

import json
from pathlib import Path
from typing import Any

import pytest

from surveys.definition import DefinitionErrors, parse
from surveys.scoring import score
from surveys.wording import apply_pack

CORE: dict[str, Any] = json.loads(
    (Path(__file__).parents[3] / "surveys" / "questionnaires" / "core.json").read_text("utf-8")
)
ITEMS = parse(CORE).scale["optimism"].items
PACK: dict[str, Any] = {
    "questionnaire": "core",
    "version": "1.1",
    "scale": "optimism",
    "language": "en",
    "texts": {key: f"Licensed sentence {n}." for n, key in enumerate(ITEMS)},
    "option_labels": {"like5": {"1": "Not at all like me"}},
    "permission": {
        "holder": "The authors",
        "registered_with": "The council",
        "reference": "R-1",
        "date": "2026-01-31",
    },
}


def test_a_pack_changes_words_and_records_who_allowed_it() -> None:
    pack = {key: value for key, value in PACK.items() if key != "option_labels"}
    before = json.dumps(CORE)
    worded = parse(apply_pack(CORE, pack))
    assert json.dumps(CORE) == before
    assert worded.items[ITEMS[0]].text == "Licensed sentence 0."
    assert worded.version == "1.1+optimism"
    wording = worded.scale["optimism"].wording
    assert wording.status == "licensed"
    assert wording.permission is not None
    assert wording.permission.reference == "R-1"
    assert worded.scale["autonomy"].wording.status == "stand-in"
    answers = dict.fromkeys(ITEMS, 4)
    assert score(worded, answers) == score(parse(CORE), answers)


def test_a_second_pack_goes_on_top_of_the_first() -> None:
    pack = {key: value for key, value in PACK.items() if key != "option_labels"}
    esteem = parse(CORE).scale["esteem"].items
    second = {
        **pack,
        "scale": "esteem",
        "texts": dict.fromkeys(esteem, "Other words."),
        "option_labels": {"agree4": {"1": "Yes, very much"}},
    }
    worded = parse(apply_pack(apply_pack(CORE, pack), second))
    assert worded.version == "1.1+optimism.esteem"
    assert worded.items[esteem[0]].kind.options[0].label == "Yes, very much"


@pytest.mark.parametrize(
    ("change", "path", "words"),
    [
        ({"version": "2.0"}, "/version", "is 1.1"),
        ({"language": "cy"}, "/language", "is en"),
        ({"scale": "ghost"}, "/scale", "no scale ghost"),
        ({"texts": {}}, "/texts", "must be given"),
        ({"texts": {ITEMS[0]: "One."}}, "/texts", "has no wording"),
        ({"texts": {**PACK["texts"], "lonely": "Mine?"}}, "/texts/lonely", "not part of the scale"),
        ({"texts": {**PACK["texts"], ITEMS[0]: 5}}, f"/texts/{ITEMS[0]}", "a sentence"),
        ({"permission": {"holder": "X"}}, "/permission/date", "recorded"),
        ({"permission": {**PACK["permission"], "fee": "0"}}, "/permission/fee", "not known"),
        ({"surprise": 1}, "/surprise", "not known"),
        # `like5` serves other scales too, whose wording this pack has no right to change.
        ({}, "/option_labels/like5", "of another scale"),
        ({"option_labels": {"like5": {"77": "?"}}}, "/option_labels/like5/77", "no such option"),
    ],
)
def test_a_pack_that_does_not_fit_is_refused(change: dict[str, Any], path: str, words: str) -> None:
    with pytest.raises(DefinitionErrors) as caught:
        apply_pack(CORE, {**PACK, **change})
    assert any(p.path == path and words in p.message for p in caught.value.problems)
