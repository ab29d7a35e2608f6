"""A figure is set beside the wave before only where it is the same figure of the same question."""

from typing import Any

import pytest

from reports.comparable import (
    KEPT_APART,
    NEW,
    OTHER_YEARS,
    REMADE,
    REROUTED,
    REWORDED,
    comparable,
)
from surveys.definition import parse
from tests.tiny import tiny_document

BOTH = (8, 10)


def compared(before: dict[str, Any], *, years=BOTH, years_before=BOTH, now=None):
    return comparable(parse(now or tiny_document()), years, parse(before), years_before)


def test_the_same_questionnaire_is_comparable_throughout() -> None:
    found = compared(tiny_document())
    assert found.measures == found.whole == {"mood", "feels_happy", "sleeps_enough"}
    assert found.reasons == {}


def test_an_item_that_the_questionnaire_keeps_apart_takes_its_figures_with_it() -> None:
    document = tiny_document()
    document["items"][0]["comparable"] = False
    for pair in ((document, tiny_document()), (tiny_document(), document)):
        found = compared(pair[0], now=pair[1])
        assert found.reasons == {"mood": KEPT_APART, "feels_happy": KEPT_APART}
        assert found.measures == {"sleeps_enough"}


def test_other_words_make_another_question() -> None:
    document = tiny_document()
    document["items"][2]["text"] = "Did you sleep enough last week?"
    assert compared(document).reasons == {"sleeps_enough": REWORDED}


def test_other_answers_make_another_question() -> None:
    document = tiny_document()
    document["codings"]["agree4"][2]["label"] = "Rather"
    found = compared(document)
    assert found.reasons == {"mood": REWORDED, "feels_happy": REWORDED}


def test_a_question_put_to_others_is_another_question() -> None:
    document = tiny_document()
    document["items"][2]["when"] = {"item": "happy", "in": [1, 2]}
    assert compared(document).reasons == {"sleeps_enough": REROUTED}
    document = tiny_document()
    document["pages"][1]["when"] = {"item": "happy", "in": [1, 2]}
    assert compared(document).reasons == {"sleeps_enough": REROUTED}


def test_what_was_not_asked_then_is_said_to_be_new() -> None:
    document = tiny_document()
    del document["topics"][1]
    assert compared(document).reasons == {"sleeps_enough": NEW}
    # What was asked only then is nobody's business now.
    assert "sleeps_enough" not in compared(tiny_document(), now=document).reasons


@pytest.mark.parametrize("change", [{"meets": [4]}, {"item": "calm"}])
def test_another_threshold_makes_another_figure(change: dict[str, Any]) -> None:
    document = tiny_document()
    document["topics"][0]["headlines"][0].update(change)
    assert compared(document).reasons == {"feels_happy": REMADE}


def test_a_score_made_otherwise_is_another_score_and_so_is_its_headline() -> None:
    now, before = tiny_document(), tiny_document()
    for document in (now, before):
        document["topics"][0]["headlines"].append(
            {
                "key": "low_mood",
                "label": "scored low",
                "score": "mood",
                "meets": {"max": 3},
                "direction": "lower_better",
            }
        )
    before["scales"][0]["method"] = "mean"
    before["scales"][0]["range"] = [1, 4]
    found = comparable(parse(now), BOTH, parse(before), BOTH)
    assert found.reasons == {"mood": REMADE, "low_mood": REMADE}
    assert "feels_happy" in found.measures


def test_a_change_deep_in_a_scale_of_scales_is_seen() -> None:
    now, before = tiny_document(), tiny_document()
    for document in (now, before):
        document["scales"].append(
            {
                **document["scales"][0],
                "key": "all",
                "title": "All",
                "parts": [{"scale": "mood"}, "hopeful"],
                "range": [3, 12],
            }
        )
    before["scales"][0]["parts"] = ["happy", {"item": "calm", "reverse": True}]
    reasons = comparable(parse(now), BOTH, parse(before), BOTH).reasons
    assert reasons["mood"] == reasons["all"] == REMADE


def test_other_year_groups_leave_the_years_that_both_were_asked() -> None:
    found = compared(tiny_document(), years_before=(8, 9))
    assert found.measures == {"mood", "feels_happy", "sleeps_enough"}
    assert found.whole == frozenset()
    found = compared(tiny_document(), years_before=(7, 9))
    assert set(found.reasons.values()) == {OTHER_YEARS}


def test_routing_by_year_counts_as_the_years_asked() -> None:
    now, before = tiny_document(), tiny_document()
    for document in (now, before):
        document["items"][2]["when"] = {"year_group": [10]}
    assert "sleeps_enough" in comparable(parse(now), BOTH, parse(before), BOTH).whole
    del before["items"][2]["when"]
    found = compared(before, now=now)
    assert "sleeps_enough" in found.measures - found.whole
