"""Language files: complete, fitting, and only about words."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from surveys.coding import coded
from surveys.definition import DefinitionErrors, parse, read_document
from surveys.definition.lengths import length_findings
from surveys.navigation import visible_pages
from surveys.translations import (
    CHECKED,
    DRAFT,
    is_draft,
    to_translate,
    translate,
    translation_problems,
    words_mark,
    words_of,
)
from tests.tiny import tiny_document

SHIPPED = Path(__file__).parents[3] / "surveys" / "questionnaires"
FILES = sorted(SHIPPED.glob("core*.??.json"))


def base() -> dict[str, Any]:
    """A questionnaire with every kind of word in it."""
    made = tiny_document()
    made["pages"][0]["intro"] = "Think about today."
    made["items"][3]["help"] = "Tick all that fit."
    made["items"].append(
        {
            "key": "hours",
            "text": "In 24 hours, how many do you sleep?",
            "type": "number",
            "min": 0,
            "max": 12,
            "labels": {"0": "0 None", "12": "12 Very many"},
        }
    )
    made["pages"][1]["items"].append("hours")
    return made


def shouted(value: Any) -> Any:
    """Another language: the same words in capitals."""
    if isinstance(value, dict):
        return {key: shouted(each) for key, each in value.items()}
    return value.upper()


def words() -> dict[str, Any]:
    made = to_translate(base(), "cy")
    parts = ("title", "sections", "intros", "items", "codings")
    return {**made, **{name: shouted(made[name]) for name in parts}}


def test_every_word_a_pupil_reads_is_translated() -> None:
    said = parse(translate(base(), words()))
    assert said.language == "cy"
    read = [said.title, *said.sections, said.pages[0].intro]
    for item in said.items.values():
        read += [item.text, item.help, *(option.label for option in item.kind.options)]
    assert len(read) > 30
    assert all(text == text.upper() for text in read)


def test_nothing_but_words_is_changed() -> None:
    before, after = parse(base()), parse(translate(base(), words()))
    assert list(after.items) == list(before.items)
    for key, item in before.items.items():
        assert after.items[key].kind.codes() == item.kind.codes()
        assert after.items[key].when == item.when
    assert (after.scales, after.topics, after.themes) == (
        before.scales,
        before.topics,
        before.themes,
    )
    answers = {"happy": 2, "rested": 0, "why_tired": [1], "hours": 7}
    assert coded(after, answers, 8) == coded(before, answers, 8)


def test_sections_that_rotate_are_translated_with_their_pages() -> None:
    document = {**base(), "rotating": ["You", "The end"]}
    said = parse(translate(document, {**words(), "made_from": words_mark(document)}))
    assert said.rotating == ("YOU", "THE END")
    assert said.rotated(1).pages[0].section == "THE END"


def test_translating_leaves_the_questionnaire_as_it_was() -> None:
    document = base()
    translate(document, words())
    assert document == base()


@pytest.mark.parametrize("place", sorted(words_of(base())), ids="/".join)
def test_a_missing_word_is_named(place: tuple[str, ...]) -> None:
    file = words()
    del branch(file, place)[place[-1]]
    assert paths(file) == ["/" + "/".join(place)]


@pytest.mark.parametrize("empty", ["", "  ", None, 5])
def test_an_empty_word_is_named(empty: object) -> None:
    file = words()
    file["items"]["happy"]["text"] = empty
    assert paths(file) == ["/items/happy/text"]


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda f: f["items"].update(ghost={"text": "?"}), "/items/ghost/text"),
        (lambda f: f["items"]["happy"].update(help="?"), "/items/happy/help"),
        (lambda f: f["codings"]["yesno"].update({"7": "?"}), "/codings/yesno/7"),
        (lambda f: f["intros"].update(p03="?"), "/intros/p03"),
        (lambda f: f.update(colour="?"), "/colour"),
    ],
)
def test_a_word_that_the_questionnaire_does_not_have_is_named(
    change: Callable[[dict[str, Any]], object], path: str
) -> None:
    file = words()
    change(file)
    assert paths(file) == [path]


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"questionnaire": "other"}, "/questionnaire"),
        ({"version": "2.0"}, "/version"),
        ({"language": "en"}, "/language"),
        ({"status": "looks fine"}, "/status"),
        ({"status": CHECKED}, "/checked_by"),
        ({"checked_by": "Nobody yet"}, "/checked_by"),
        ({"made_from": "0" * 16}, "/made_from"),
        ({"made_from": ""}, "/made_from"),
    ],
)
def test_a_file_says_what_it_is_for(change: dict[str, Any], path: str) -> None:
    assert paths({**words(), **change}) == [path]


def test_other_numbers_than_the_question_has_are_a_problem() -> None:
    file = words()
    file["items"]["hours"]["text"] = "IN 12 HOURS, HOW MANY DO YOU SLEEP?"
    file["items"]["hours"]["options"]["0"] = "NONE"
    assert paths(file) == ["/items/hours/options/0", "/items/hours/text"]


def test_two_answers_that_read_alike_are_a_problem() -> None:
    file = words()
    file["codings"]["yesno"]["1"] = file["codings"]["yesno"]["0"]
    assert paths(file) == ["/codings/yesno/1"]


def test_the_digits_of_another_script_are_numbers_too() -> None:
    file = words()
    file["items"]["hours"]["text"] = "٢٤"
    assert paths(file) == []


def test_new_english_words_call_for_a_new_look_at_the_translation() -> None:
    document = base()
    document["items"][0]["text"] = "I feel very happy."
    found = translation_problems(document, words())
    assert [problem.path for problem in found] == ["/made_from"]
    assert words_mark(document) in found[0].message


def test_the_mark_is_that_of_the_words_alone() -> None:
    document = base()
    document["topics"][0]["headlines"][0]["label"] = "are happy"
    document["items"][0]["sensitive"] = True
    assert words_mark(document) == words_mark(base())


def test_a_misfit_is_refused_with_all_its_problems() -> None:
    file = words()
    del file["title"], file["intros"]["p01"]
    with pytest.raises(DefinitionErrors) as caught:
        translate(base(), file)
    assert [problem.path for problem in caught.value.problems] == ["/intros/p01", "/title"]


def test_a_draft_is_one_until_a_speaker_has_checked_it() -> None:
    assert is_draft(words())
    checked = {**words(), "status": CHECKED, "checked_by": "Mair Jones"}
    assert not is_draft(checked)
    assert translation_problems(base(), checked) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_shipped_is_complete_and_says_that_it_is_a_draft(path: Path) -> None:
    document = shipped(path.name.split(".")[0])
    file = json.loads(path.read_text("utf-8"))
    assert translation_problems(document, file) == []
    assert file["status"] == DRAFT
    assert file["language"] == path.name.split(".")[1]


def test_welsh_and_a_language_from_right_to_left_are_shipped() -> None:
    names = {path.name for path in FILES}
    wanted = {f"{key}.{code}.json" for key in ("core", "core-symbols") for code in ("cy", "ar")}
    assert wanted <= names


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_translation_speaks_and_betrays_nothing(path: Path) -> None:
    document = shipped(path.name.split(".")[0])
    said = parse(translate(document, json.loads(path.read_text("utf-8"))))
    english = parse(document)
    same = [k for k, item in said.items.items() if item.text == english.items[k].text]
    assert same == []
    assert list(map(str, length_findings(said))) == []
    for year in (8, 10):
        assert [p.key for p in visible_pages(said, {}, year)] == [
            p.key for p in visible_pages(english, {}, year)
        ]


def test_arabic_is_written_in_its_own_letters() -> None:
    file = json.loads((SHIPPED / "core.ar.json").read_text("utf-8"))
    latin = [
        item["text"]
        for item in file["items"].values()
        if any("a" <= c <= "z" for c in item["text"])
    ]
    assert latin == []


def shipped(key: str) -> Any:
    return read_document((SHIPPED / f"{key}.json").read_bytes())


def branch(tree: dict[str, Any], place: tuple[str, ...]) -> dict[str, Any]:
    for step in place[:-1]:
        tree = tree[step]
    return tree


def paths(file: dict[str, Any]) -> list[str]:
    return [problem.path for problem in translation_problems(base(), copy.deepcopy(file))]
