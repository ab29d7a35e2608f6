"""Sections that come in turns: every order is the same questionnaire, begun elsewhere."""

from collections import Counter
from pathlib import Path

import pytest

from surveys.coding import NOT_ASKED, NOT_REACHED, SKIPPED, coded
from surveys.definition import Questionnaire, load
from surveys.navigation import is_complete, next_page, position, previous_page, visible_pages

HERE = Path(__file__).parents[2] / "questionnaires"
CORE = Path(__file__).parents[3] / "surveys" / "questionnaires" / "core.json"

ORDERS = {
    0: ["p01", "p02", "p03", "p04", "p05", "p06", "p07"],
    1: ["p01", "p04", "p05", "p06", "p02", "p03", "p07"],
    2: ["p01", "p05", "p06", "p02", "p03", "p04", "p07"],
}


@pytest.fixture(scope="module")
def three() -> Questionnaire:
    return load(HERE / "sections_rotate.json")


@pytest.mark.parametrize(("turn", "order"), ORDERS.items())
def test_each_turn_begins_with_another_section(
    three: Questionnaire, turn: int, order: list[str]
) -> None:
    assert [page.key for page in three.rotated(turn).pages] == order
    assert three.rotated(turn + three.turns) == three.rotated(turn)


def test_a_questionnaire_without_rotation_has_one_order() -> None:
    plain = load(HERE / "routing_chain.json")
    assert plain.turns == 1
    assert plain.rotated(5) is plain


def test_pupils_walk_their_own_order(three: Questionnaire) -> None:
    mine = three.rotated(2)
    answers = {"b": 1}
    walked, page = [], next_page(mine, None, answers, 8)
    while page is not None:
        walked.append(page.key)
        page = next_page(mine, page, answers, 8)
    assert walked == ORDERS[2]
    before = previous_page(mine, "p02", answers, 8)
    assert before is not None
    assert before.key == "p06"
    assert [position(mine, key, answers, 8)[0] for key in ORDERS[2]] == [1, 2, 2, 3, 3, 4, 5]


def test_routes_hold_in_every_order(three: Questionnaire) -> None:
    for turn in range(three.turns):
        shown = [page.key for page in visible_pages(three.rotated(turn), {"b": 0}, 8)]
        assert "p03" not in shown
        assert is_complete(three.rotated(turn), {"b": 0}, 8, shown)
        assert not is_complete(three.rotated(turn), {"b": 1}, 8, shown)


def test_reached_and_skipped_do_not_depend_on_the_order(three: Questionnaire) -> None:
    """Someone who began with Blue and ran out of time never reached Red and Green."""
    row = coded(three, {"a": 1, "e": 0}, 8, reached={"p01", "p05", "p06"})
    assert row["f"] == SKIPPED
    assert (row["b"], row["d"], row["g"]) == (NOT_REACHED, NOT_REACHED, NOT_REACHED)
    assert row["c"] == NOT_ASKED
    assert row == coded(three.rotated(2), {"a": 1, "e": 0}, 8, reached={"p01", "p05", "p06"})


def test_the_core_gives_every_rotating_section_every_place_once() -> None:
    core = load(CORE)
    assert core.turns > 1
    places = Counter(
        (section, place)
        for turn in range(core.turns)
        for place, section in enumerate(core.rotated(turn).sections)
    )
    for section in core.rotating:
        assert sum(count for (name, _), count in places.items() if name == section) == core.turns
        assert max(count for (name, _), count in places.items() if name == section) == 1
    kept = [section for section in core.sections if section not in core.rotating]
    for turn in range(core.turns):
        order = [s for s in core.rotated(turn).sections if s not in core.rotating]
        assert order == kept
