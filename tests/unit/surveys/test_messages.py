"""Every sentence that a pupil may read is translated, and what runs is what is written."""

import re
import string
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from surveys.definition import load, parse_answers
from surveys.definition.answers import SENTENCES
from surveys.definition.reading_age import OLDEST, measure
from surveys.languages import ENGLISH, LANGUAGES
from surveys.management.commands.collect_messages import update
from surveys.messages import LOCALE, collected

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
TRANSLATED = sorted(LANGUAGES.keys() - {ENGLISH.code})
PUPIL_PAGES = Path(__file__).parents[3] / "surveys" / "templates" / "surveys" / "pupil"
# What stands between tags and is neither a tag nor a variable.
MARKUP = re.compile(
    r"\{%-?\s*blocktranslate.*?endblocktranslate\s*%\}|\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}"
    r"|<script.*?</script>|<[^>]*>|&\w+;",
    re.DOTALL,
)
# Said in English on purpose, beside the same in the language of the page.
ENGLISH_ON_PURPOSE = {"draft.html"}


@pytest.fixture(params=TRANSLATED)
def catalog(request: pytest.FixtureRequest) -> Catalog:
    with (folder(request.param) / "django.po").open("rb") as file:
        return read_po(file, locale=request.param)


def folder(code: str) -> Path:
    return LOCALE / code / "LC_MESSAGES"


def test_every_sentence_is_translated(catalog: Catalog) -> None:
    said = {message.id: message for message in catalog if message.id}
    missing = [words for words in collected() if words not in said or not said[words].string]
    assert missing == [], "run manage.py collect_messages and translate these"
    assert [message.id for message in said.values() if message.fuzzy] == []


def test_nothing_is_translated_that_no_page_says(catalog: Catalog) -> None:
    known = collected()
    assert [message.id for message in catalog if message.id and message.id not in known] == []


def test_a_translation_leaves_room_for_the_same_figures(catalog: Catalog) -> None:
    for message in catalog:
        if message.id:
            room = sorted(PLACEHOLDER.findall(str(message.id)))
            assert sorted(PLACEHOLDER.findall(str(message.string))) == room, message.id


@pytest.mark.parametrize("code", TRANSLATED)
def test_the_compiled_words_are_those_that_are_written(code: str) -> None:
    with (
        (folder(code) / "django.po").open("rb") as po,
        (folder(code) / "django.mo").open("rb") as mo,
    ):
        written = {m.id: m.string for m in read_po(po, locale=code) if m.id and m.string}
        compiled = {m.id: m.string for m in read_mo(mo) if m.id}
    assert compiled == written


def test_collecting_keeps_what_is_translated(tmp_path: Path) -> None:
    code = TRANSLATED[0]
    assert len(update(tmp_path, code)) == len(collected())
    (tmp_path / "django.po").write_bytes((folder(code) / "django.po").read_bytes())
    assert update(tmp_path, code) == []
    assert (tmp_path / "django.mo").read_bytes() == (folder(code) / "django.mo").read_bytes()


def test_templates_python_and_answers_are_all_collected() -> None:
    places = {place for places in collected().values() for place in places}
    assert "templates/surveys/pupil/enter.html" in places
    assert "actions/responses/turned_away.py" in places
    assert "definition/answers.py" in places
    assert {"Part %(part)s of %(parts)s", "Prefer not to say"} & collected().keys() == {
        "Part %(part)s of %(parts)s"
    }


def test_no_sentence_on_a_pupils_page_escapes_translation() -> None:
    bare = {}
    for path in PUPIL_PAGES.rglob("*.html"):
        left = MARKUP.sub(" ", path.read_text("utf-8"))
        words = [word for word in left.split() if any(c in string.ascii_letters for c in word)]
        if words and path.name not in ENGLISH_ON_PURPOSE:
            bare[path.name] = " ".join(words)
    assert bare == {}


def test_pupils_pages_can_be_read_at_eleven() -> None:
    said = [
        PLACEHOLDER.sub("", words)
        for words, places in collected().items()
        if any(place.startswith("templates/surveys/pupil/") for place in places)
    ]
    passage = measure(*said)
    assert passage.words > 500
    assert max(passage.flesch_kincaid, passage.coleman_liau) <= OLDEST


@pytest.mark.parametrize(
    ("place", "data"),
    [
        ("p01", {"ghost": ["1"]}),
        ("p99", {}),
        ("p01", {"share_a": ["40"], "share_b": ["50"]}),
        ("p01", {"share_a": ["40"]}),
        ("p01", {"share_a": ["x"]}),
    ],
)
def test_every_complaint_about_an_answer_is_one_that_is_translated(
    place: str, data: dict[str, list[str]]
) -> None:
    tests = Path(__file__).parents[2] / "questionnaires"
    questionnaire = load(tests / "percent_pair.json")
    keys = list(questionnaire.items)
    named = {{"share_a": keys[0], "share_b": keys[1]}.get(k, k): v for k, v in data.items()}
    _, problems = parse_answers(questionnaire, place, named)
    assert problems
    assert {problem.sentence for problem in problems} <= set(SENTENCES)
