"""The list of what is measured says who could answer, and what is sensitive."""

from reports.codebook import measures
from surveys.definition import parse
from tests.tiny import tiny_document


def test_every_question_score_and_headline_is_measured() -> None:
    found = measures(parse(tiny_document()), [8, 10])
    assert set(found.items) == {
        "q.happy", "q.calm", "q.rested", "q.why_tired__1", "q.why_tired__2", "q.hopeful",
    }  # fmt: skip
    assert set(found.scores) == {"mood"}
    assert set(found.headlines) == {"feels_happy", "sleeps_enough"}
    assert found.items["q.happy"].codes == (1, 2, 3, 4, 9)
    assert found.items["q.happy"].years is None


def test_what_only_some_years_are_asked_says_so_down_to_scores_and_headlines() -> None:
    document = tiny_document()
    document["items"][0]["when"] = {"year_group": [10]}
    found = measures(parse(document), [8, 10])
    ten = frozenset({"10"})
    assert found.items["q.happy"].years == ten
    assert found.scores["mood"].years == ten
    assert found.headlines["feels_happy"].years == ten
    assert found.headlines["sleeps_enough"].years is None


def test_a_wave_of_one_year_needs_no_routing_note() -> None:
    document = tiny_document()
    document["items"][0]["when"] = {"year_group": [10]}
    assert measures(parse(document), [10]).items["q.happy"].years is None


def test_sensitive_questions_make_sensitive_measures() -> None:
    document = tiny_document()
    document["items"][0]["sensitive"] = True
    found = measures(parse(document), [8, 10])
    assert found.items["q.happy"].sensitive
    assert found.scores["mood"].sensitive
    assert found.headlines["feels_happy"].sensitive
    assert not found.items["q.calm"].sensitive


def test_what_no_year_group_of_the_wave_is_asked_is_not_measured() -> None:
    document = tiny_document()
    document["items"][0]["when"] = {"year_group": [10]}
    found = measures(parse(document), [8])
    assert "q.happy" not in found.items
    assert "mood" not in found.scores
    assert "feels_happy" not in found.headlines
    assert "q.calm" in found.items
