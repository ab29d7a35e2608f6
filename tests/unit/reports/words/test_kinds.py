"""What we ship: every kind's words, held to the rules for a council's own."""

import pytest

from reports.words import KINDS, SHIPPED, Kind, Measure, composed, gaps, problems

# A kind's key and slots are kept in builds for ever. To add a kind is to add a line; a line that
# changes makes old builds unreadable.
KEPT = {
    "school-headline": "figure range",
    "area-headline": "figure range",
    "school-rare": "figure",
    "area-rare": "figure",
    "school-score": "scale figure range",
    "area-score": "scale figure range",
    "school-beside": "everybody figure",
    "area-beside": "everybody figure",
    "school-higher": "verdict chance",
    "school-lower": "verdict chance",
    "school-same": "verdict chance",
    "school-none": "verdict why",
    **{f"{audience}-then": "figure" for audience in ("school", "area")},
    **{
        f"{audience}-since-{verdict}": "verdict chance"
        for audience in ("school", "area")
        for verdict in ("higher", "lower", "same")
    },
    **{f"{audience}-since-none": "verdict why" for audience in ("school", "area")},
    "school-hidden": "what hidden why",
    "area-hidden": "what hidden why",
}


def test_keys_and_slots_are_what_builds_have_kept() -> None:
    assert {key: " ".join(kind.names) for key, kind in KINDS.items()} == KEPT


@pytest.mark.parametrize("key", KINDS)
def test_our_own_words_keep_the_rules(key: str) -> None:
    kind = KINDS[key]
    assert problems(kind, kind.pattern) == ()
    assert composed(kind.names, gaps(kind.pattern)) == kind.pattern
    assert set(kind.example) == set(kind.names)
    assert "{" not in SHIPPED.say(key, "", kind.example)


@pytest.mark.parametrize("key", KINDS)
def test_examples_are_made_up_figures_of_nobody(key: str) -> None:
    assert "Larkford" not in " ".join(KINDS[key].example.values())


def test_what_a_kind_may_be_said_of() -> None:
    share, mean = Measure("sleep", "headlines", "Sleep"), Measure("mood", "scores", "Mood")
    fits = {
        name: [KINDS[f"school-{name}"].fits(each) for each in (share, mean)]
        for name in ("headline", "score", "beside")
    }
    assert fits == {"headline": [True, False], "score": [False, True], "beside": [True, True]}


def test_a_kind_has_a_name_among_those_of_its_audience() -> None:
    kind: Kind = KINDS["area-beside"]
    assert (kind.audience, kind.name) == ("area", "beside")
