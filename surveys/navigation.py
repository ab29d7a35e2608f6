"""Routing: which pages and questions a pupil meets. Returns facts, changes nothing.

`answers` maps item keys to stored answers (an int code, or a list of codes for tick-all).
`year_group` may be text or a number. Answers to questions that are routed away are ignored
everywhere, so a changed earlier answer un-asks what hung on it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from surveys.definition.conditions import Answers, YearGroup
from surveys.definition.kinds import Answer
from surveys.definition.shapes import Item, Page, Questionnaire


def _walk(
    questionnaire: Questionnaire, answers: Answers, year_group: YearGroup
) -> Iterator[tuple[Page, tuple[Item, ...], Mapping[str, Answer]]]:
    """Each page with the items asked on it and the counting answers to all pages before."""
    counting: dict[str, Answer] = {}
    for page in questionnaire.pages:
        open_page = page.when.holds(counting, year_group)
        asked = tuple(i for i in page.items if open_page and i.when.holds(counting, year_group))
        yield page, asked, counting
        counting.update({i.key: answers[i.key] for i in asked if i.key in answers})


def relevant_answers(
    questionnaire: Questionnaire, answers: Answers, year_group: YearGroup
) -> dict[str, Answer]:
    """The answers that count: those to questions which this pupil is asked."""
    asked = asked_items(questionnaire, answers, year_group)
    return {key: answer for key, answer in answers.items() if key in asked}


def asked_items(
    questionnaire: Questionnaire, answers: Answers, year_group: YearGroup
) -> frozenset[str]:
    """The keys of all questions that this pupil is asked."""
    walk = _walk(questionnaire, answers, year_group)
    return frozenset(item.key for _, items, _ in walk for item in items)


def visible_pages(
    questionnaire: Questionnaire, answers: Answers, year_group: YearGroup
) -> tuple[Page, ...]:
    """The pages that have something to ask, in order."""
    return tuple(page for page, items, _ in _walk(questionnaire, answers, year_group) if items)


def visible_items(
    questionnaire: Questionnaire, page: Page | str, answers: Answers, year_group: YearGroup
) -> tuple[Item, ...]:
    """The questions asked on a page. Raises KeyError when there is no such page."""
    key = questionnaire.page[page].key if isinstance(page, str) else page.key
    walk = _walk(questionnaire, answers, year_group)
    return next(items for found, items, _ in walk if found.key == key)


def next_page(
    questionnaire: Questionnaire, page: Page | str | None, answers: Answers, year_group: YearGroup
) -> Page | None:
    """The next visible page after `page`; from None the first one; None after the last."""
    here = _place(questionnaire, page)
    seen = visible_pages(questionnaire, answers, year_group)
    return next((p for p in seen if questionnaire.place[p.key] > here), None)


def previous_page(
    questionnaire: Questionnaire, page: Page | str | None, answers: Answers, year_group: YearGroup
) -> Page | None:
    """The visible page before `page`; from None (the end) the last one; None before the first."""
    here = len(questionnaire.pages) if page is None else _place(questionnaire, page)
    seen = visible_pages(questionnaire, answers, year_group)
    return next((p for p in reversed(seen) if questionnaire.place[p.key] < here), None)


def is_complete(
    questionnaire: Questionnaire,
    answers: Answers,
    year_group: YearGroup,
    reached: Collection[str],
) -> bool:
    """Has every visible page been reached? Nothing is forced, so skipping does not matter.

    `reached` holds the keys of the pages that were saved, with or without answers.
    """
    pages = visible_pages(questionnaire, answers, year_group)
    return all(page.key in reached for page in pages)


def position(
    questionnaire: Questionnaire, page: Page | str, answers: Answers, year_group: YearGroup
) -> tuple[int, int]:
    """(part, parts) for "Part 3 of 7". Parts are the sections with a visible page."""
    here = _place(questionnaire, page)
    seen = visible_pages(questionnaire, answers, year_group)
    sections = list(dict.fromkeys(p.section for p in seen))
    behind = [p.section for p in seen if questionnaire.place[p.key] <= here]
    return (sections.index(behind[-1]) + 1 if behind else 1), max(len(sections), 1)


def _place(questionnaire: Questionnaire, page: Page | str | None) -> int:
    """Position in the whole questionnaire, -1 for None. Raises KeyError for an unknown page."""
    if page is None:
        return -1
    return questionnaire.place[page if isinstance(page, str) else page.key]
