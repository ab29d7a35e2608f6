"""How a response was answered, against responses whose quality is plain to see."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

import pytest

from surveys.definition import Questionnaire, load, parse
from surveys.navigation import visible_items, visible_pages
from surveys.quality import Quality, assess, impossible
from surveys.signs import Signs
from tests.tiny import OWN, tiny_document

CORE = Path(__file__).resolve().parents[3] / "surveys" / "questionnaires" / "core.json"

WORDS = " ".join(["word"] * 10)


def questionnaire() -> Questionnaire:
    """Three statements on p01, of which the last counts in reverse; two branches; an end.

    p01 has an intro of ten words and three questions of ten: forty words, eight seconds.
    """
    statement = {"type": "choice", "coding": "agree4"}
    return parse(
        tiny_document(
            pages=[
                {"key": "p01", "section": "A", "intro": WORDS, "items": ["one", "two", "three"]},
                {"key": "p02", "section": "A", "items": ["rested"]},
                {
                    "key": "p03",
                    "section": "A",
                    "items": ["why"],
                    "when": {"item": "rested", "in": [0]},
                },
                {
                    "key": "p04",
                    "section": "B",
                    "items": ["four", "five"],
                    "when": {
                        "not": {"all": [{"item": "one", "in": [1]}, {"item": "rested", "in": [1]}]}
                    },
                },
            ],
            items=[
                *({"key": key, "text": WORDS, **statement} for key in ("one", "two", "three")),
                {
                    "key": "rested",
                    "text": "Do you sleep enough?",
                    "type": "choice",
                    "coding": "yesno",
                },
                {
                    "key": "why",
                    "text": "Why?",
                    "type": "multi",
                    "options": [
                        {"code": 1, "label": "Noise"},
                        {"code": 9, "label": "Prefer not to say", "kind": "prefer_not"},
                    ],
                },
                *({"key": key, "text": "So?", **statement} for key in ("four", "five")),
            ],
            scales=[
                {
                    "key": "mood",
                    "title": "Mood",
                    "method": "sum",
                    "parts": ["one", "two", "four", {"item": "three", "reverse": True}],
                    "direction": "higher_better",
                    "range": [4, 16],
                    "licence": OWN,
                    "citation": "Written for this test",
                },
                {
                    "key": "calm",
                    "title": "Calm",
                    "method": "sum",
                    "parts": ["four", "five"],
                    "direction": "higher_better",
                    "range": [2, 8],
                    "licence": OWN,
                    "citation": "Written for this test",
                },
            ],
            topics=[
                {
                    "key": "feeling",
                    "title": "Feeling",
                    "theme": "life",
                    "direction": "higher_better",
                    "items": ["one"],
                    "headlines": [
                        {
                            "key": "high",
                            "label": "agree",
                            "item": "one",
                            "meets": [4],
                            "direction": "higher_better",
                        }
                    ],
                }
            ],
        )
    )


def found(
    answers: dict[str, Any],
    *,
    reached: Collection[str] = ("p01", "p02", "p03", "p04"),
    turn: int = 0,
    **signs: Any,
) -> Quality:
    return assess(questionnaire().rotated(turn), answers, 8, reached, Signs(**signs))


def test_signs_stand_as_they_were_told() -> None:
    quality = found({}, device="phone", language="cy", aloud=3, waits=2)
    assert (quality.device, quality.language, quality.aloud, quality.waits) == ("phone", "cy", 3, 2)
    untold = found({})
    assert (untold.device, untold.language, untold.aloud, untold.waits) == (None,) * 4
    assert (untold.seconds, untold.pages_timed, untold.pages_fast) == (None, 0, 0)


def test_what_became_of_each_question() -> None:
    # Slept badly and would not say why; p04 was not reached.
    answers = {"one": 1, "two": 9, "rested": 0, "why": [9]}
    quality = found(answers, reached={"p01", "p02", "p03"})
    assert quality.asked == 7
    assert (quality.answered, quality.preferred_not, quality.skipped) == (2, 2, 1)
    assert (quality.not_reached, quality.pages_reached) == (2, 3)


def test_a_question_routed_away_was_not_asked() -> None:
    quality = found({"rested": 1, "why": [1]})
    assert (quality.asked, quality.answered, quality.skipped) == (6, 1, 5)
    assert quality.pages_reached == 3  # p03 was saved before the answer on p02 changed


@pytest.mark.parametrize(("seconds", "fast"), [(0, 1), (7, 1), (8, 0), (60, 0)])
def test_forty_words_need_eight_seconds(seconds: int, fast: int) -> None:
    quality = found({"one": 1}, seconds={"p01": seconds})
    assert (quality.seconds, quality.pages_timed, quality.pages_fast) == (seconds, 1, fast)


def test_a_page_left_empty_was_not_answered_fast() -> None:
    quality = found({"one": 1}, seconds={"p01": 1, "p02": 0})
    assert (quality.seconds, quality.pages_timed, quality.pages_fast) == (1, 1, 1)


@pytest.mark.parametrize(
    ("answers", "lines", "possible"),
    [
        ({"one": 4, "two": 4, "three": 4}, 1, 1),
        ({"one": 4, "two": 4, "three": 1}, 0, 1),
        # Without the reversed statement equal answers may well be meant.
        ({"one": 4, "two": 4, "four": 4}, 0, 0),
        ({"four": 4, "five": 4}, 0, 0),
        # Two answers are no line, and to say nothing is no answer.
        ({"one": 4, "three": 4}, 0, 0),
        ({"one": 9, "two": 9, "three": 9}, 0, 0),
    ],
)
def test_straight_lines(answers: dict[str, int], lines: int, possible: int) -> None:
    quality = found(answers)
    assert (quality.lines, quality.lines_possible) == (lines, possible)


def test_an_answer_to_a_question_routed_away_makes_no_line() -> None:
    answers = {"one": 1, "three": 1, "four": 1}
    assert found(answers).lines_possible == 1
    assert found(answers | {"rested": 1}).lines_possible == 0


@pytest.mark.parametrize(
    ("answers", "run"),
    [
        ({}, 0),
        ({"one": 4}, 1),
        ({"one": 4, "two": 4, "three": 3}, 2),
        ({"one": 4, "three": 4}, 1),
        ({"one": 4, "two": 4, "three": 4, "four": 4, "five": 4}, 3),  # p02 asks in between
        ({"one": 9, "two": 9, "three": 9}, 0),
    ],
)
def test_the_longest_run(answers: dict[str, int], run: int) -> None:
    assert found(answers).longest_run == run


@pytest.fixture(scope="module")
def core() -> Questionnaire:
    return load(CORE)


def steady(core: Questionnaire) -> dict[str, Any]:
    """The last answer to every question that a pupil of Year 8 meets."""
    answers: dict[str, Any] = {}
    for page in visible_pages(core, answers, 8):
        for item in visible_items(core, page, answers, 8):
            last = item.kind.answer_codes()[-1]
            answers[item.key] = [last] if item.kind.name == "multi" else last
    return answers


def test_impossible_pairs_of_the_core_questionnaire(core: Questionnaire) -> None:
    def count(**answers: Any) -> int:
        reached = {page.key for page in core.pages}
        return assess(core, answers, 8, reached, Signs()).impossible

    assert count() == 0
    assert count(media_hours=4, time_online=60, time_offline=40) == 0
    assert count(media_hours=4, time_online=0, time_offline=100) == 1
    assert count(free_things=[9]) == 0
    assert count(free_things=[2, 9]) == 1
    assert count(free_things=[2, 9], media_hours=0, media_stop=5) == 2
    assert count(behaviour_cross=2, behaviour_calm=2, lonely=5, emotional_alone=2) == 2
    assert count(behaviour_cross=2, behaviour_calm=0, lonely=1, emotional_alone=2) == 0


def test_every_impossible_pair_is_of_questions_and_codes_that_exist(core: Questionnaire) -> None:
    pairs = impossible(core)
    assert len(pairs) >= 3
    for pair in pairs:
        parts = pair.parts
        assert len(parts) == 2
        for part in parts:
            assert part.codes <= set(core.items[part.item].kind.codes())


def test_a_questionnaire_of_ones_own_has_none() -> None:
    assert impossible(questionnaire()) == ()


def test_a_steady_hand_through_the_core_questionnaire(core: Questionnaire) -> None:
    """Every last answer, a second a page: three scales catch the line, every page is fast."""
    reached = {page.key for page in core.pages}
    answers = steady(core)
    seconds = {page.key: 0 for page in core.pages}
    quality = assess(core, answers, 8, reached, Signs(seconds=seconds))
    assert (quality.lines, quality.lines_possible) == (3, 3)
    assert quality.pages_fast == quality.pages_timed > 30
    assert quality.longest_run >= 10
