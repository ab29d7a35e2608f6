"""Which pages and questions a pupil meets."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.coding import NOT_ASKED, NOT_REACHED, SKIPPED, coded
from surveys.definition import Page, Questionnaire, load
from surveys.navigation import (
    is_complete,
    next_page,
    position,
    previous_page,
    relevant_answers,
    visible_items,
    visible_pages,
)

ROOT = Path(__file__).parents[3]
TINY = ROOT / "tests" / "questionnaires"


def tiny(name: str) -> Questionnaire:
    return load(TINY / f"{name}.json")


def keys(pages: tuple[Page, ...]) -> list[str]:
    return [page.key for page in pages]


@pytest.mark.parametrize(
    ("year_group", "pages"),
    [
        (10, ["p01", "p02"]),
        ("10", ["p01", "p02"]),
        (8, ["p01", "p03"]),
        (11, ["p01"]),
        (None, ["p01", "p03"]),  # unknown is not Year 10, and not Year 10 or 11 either
    ],
)
def test_pages_follow_the_year_group(year_group: str | int | None, pages: list[str]) -> None:
    assert keys(visible_pages(tiny("routing_by_year_group"), {}, year_group)) == pages


def test_a_question_follows_an_earlier_answer() -> None:
    questionnaire = tiny("routing_by_answer")
    asked = visible_items(questionnaire, "p02", {"asks": 1}, 8)
    assert [item.key for item in asked] == ["follows", "always"]
    asked = visible_items(questionnaire, "p02", {"asks": 0}, 8)
    assert [item.key for item in asked] == ["always"]


@pytest.mark.parametrize(
    ("answers", "pages"),
    [
        ({}, ["p01"]),
        ({"a": 1}, ["p01", "p02"]),
        ({"b": 1, "a": 0}, ["p01", "p02"]),
        ({"a": 1, "b": 1}, ["p01", "p02", "p03"]),
    ],
)
def test_any_and_all(answers: dict[str, int], pages: list[str]) -> None:
    assert keys(visible_pages(tiny("routing_any_and_all"), answers, 8)) == pages


def test_one_tick_of_several_opens_a_route() -> None:
    questionnaire = tiny("tick_all")
    assert keys(visible_pages(questionnaire, {"colours": [1, 2]}, 8)) == ["p01", "p02"]
    assert keys(visible_pages(questionnaire, {"colours": [1, 3]}, 8)) == ["p01"]


def test_a_changed_answer_un_asks_everything_that_hung_on_it() -> None:
    questionnaire = tiny("routing_chain")
    before = {"first": 1, "second": 1, "third": 0}
    assert keys(visible_pages(questionnaire, before, 8)) == ["p01", "p02", "p03"]
    after = {**before, "first": 0}  # the answer to `second` is still stored
    assert keys(visible_pages(questionnaire, after, 8)) == ["p01"]
    assert relevant_answers(questionnaire, after, 8) == {"first": 0}


def test_next_and_previous_step_over_what_is_not_asked() -> None:
    questionnaire = tiny("routing_by_year_group")

    def key(page: Page | None) -> str | None:
        return page.key if page else None

    assert key(next_page(questionnaire, None, {}, 8)) == "p01"
    assert key(next_page(questionnaire, "p01", {}, 8)) == "p03"
    assert key(next_page(questionnaire, "p03", {}, 8)) is None
    assert key(previous_page(questionnaire, "p03", {}, 8)) == "p01"
    assert key(previous_page(questionnaire, "p01", {}, 8)) is None
    assert key(previous_page(questionnaire, None, {}, 8)) == "p03"
    # From a page that has closed meanwhile, the way goes on.
    assert key(next_page(questionnaire, "p02", {}, 8)) == "p03"


def test_an_unknown_page_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        next_page(tiny("routing_chain"), "p99", {}, 8)
    with pytest.raises(KeyError):
        visible_items(tiny("routing_chain"), "p99", {}, 8)


def test_complete_means_every_visible_page_was_reached() -> None:
    questionnaire = tiny("routing_chain")
    assert is_complete(questionnaire, {}, 8, {"p01"})
    assert not is_complete(questionnaire, {"first": 1}, 8, {"p01"})
    assert is_complete(questionnaire, {"first": 1}, 8, {"p01", "p02"})
    assert not is_complete(questionnaire, {}, 8, set())


def test_the_position_counts_parts() -> None:
    questionnaire = tiny("routing_chain")
    answers = {"first": 1, "second": 1}
    found = [position(questionnaire, key, answers, 8) for key in ("p01", "p02", "p03")]
    assert found == [(1, 3), (2, 3), (3, 3)]
    assert position(questionnaire, "p01", {}, 8) == (1, 1)


@pytest.mark.parametrize("year_group", [8, 10])
@settings(max_examples=30)
@given(data=st.data())
def test_walking_forward_and_back_meets_the_same_pages(
    year_group: int, data: st.DataObject
) -> None:
    core = CORE
    answers = {
        key: data.draw(st.sampled_from(core.items[key].kind.codes()), label=key)
        for key in ("physical_days", "bullied_times", "vaping_often", "carer", "free_enough")
    }
    pages = list(visible_pages(core, answers, year_group))
    forward, page = [], next_page(core, None, answers, year_group)
    while page:
        forward.append(page)
        page = next_page(core, page, answers, year_group)
    back, page = [], previous_page(core, None, answers, year_group)
    while page:
        back.append(page)
        page = previous_page(core, page, answers, year_group)
    assert forward == pages
    assert back[::-1] == pages
    parts = [position(core, p, answers, year_group)[0] for p in pages]
    assert parts == sorted(parts)
    assert parts[0] == 1


CORE = load(ROOT / "surveys" / "questionnaires" / "core.json")


def test_a_row_says_why_an_answer_is_absent() -> None:
    questionnaire = tiny("routing_by_answer")
    row = coded(questionnaire, {"asks": 0, "follows": 1}, 8, reached={"p01"})
    assert row == {"asks": 0, "follows": NOT_ASKED, "always": NOT_REACHED}
    row = coded(questionnaire, {"asks": 1}, 8, reached={"p01", "p02"})
    assert row == {"asks": 1, "follows": SKIPPED, "always": SKIPPED}
    assert coded(questionnaire, {"asks": 1}, 8) == row
    assert (SKIPPED, NOT_REACHED, NOT_ASKED) == (-1, -2, -3)


def test_ticks_become_noughts_and_ones() -> None:
    row = coded(tiny("tick_all"), {"colours": [1, 3]}, 8)
    ticks = {"colours__1": 1, "colours__2": 0, "colours__3": 1, "colours__9": 0}
    assert row == {**ticks, "why_blue": NOT_ASKED}
    empty = coded(tiny("tick_all"), {"colours": []}, 8)
    assert [empty[key] for key in ticks] == [SKIPPED] * 4
