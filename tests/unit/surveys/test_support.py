"""The support card: the same contacts in every language, dated."""

import json
from pathlib import Path

import pytest

from surveys import support
from surveys.languages import LANGUAGES

DOCUMENT = json.loads(support.FILE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en-GB"])
def test_every_contact_speaks_every_language_of_the_pages(language: str) -> None:
    english, other = support.support_card(), support.support_card(language)
    assert len(other.contacts) == len(english.contacts)
    for here, there in zip(english.contacts, other.contacts, strict=True):
        assert here.how != there.how
        assert here.detail != there.detail
        assert here.link == there.link
        numbers = [word for word in here.how.split() if word.isdigit()]
        assert [number for number in numbers if number not in there.how] == []


def test_what_a_language_does_not_say_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "support.json"
    contact = {"name": "A", "how": "Call 1", "detail": "Free.", "in": {"cy": {"how": "Ffonia 1"}}}
    file.write_text(json.dumps({"checked_on": "2026-10-01", "contacts": [contact]}))
    monkeypatch.setattr(support, "FILE", file)
    card = support.support_card.__wrapped__("cy")
    assert card.contacts == (support.Contact("A", "Ffonia 1", "Free."),)
    assert card.checked_on is not None
    assert card.checked_on.isoformat() == "2026-10-01"


def test_an_unknown_language_gets_the_card_in_its_own_words() -> None:
    assert support.support_card("xx") == support.support_card()
