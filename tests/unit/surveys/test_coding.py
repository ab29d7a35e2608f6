"""Responses as a table: the quick way against the slow and obvious one, response by response."""

import random
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from surveys.coding import NOT_ASKED, NOT_REACHED, SKIPPED, Sheet, coded, coded_frame
from surveys.definition import Questionnaire, columns, load
from tests.unit.surveys.test_scoring import SHIPPED, TINY, random_answers

QUESTIONNAIRES = [
    *sorted(p for p in TINY.glob("*.json") if not p.stem.startswith("fault")),
    SHIPPED / "core.json",
    SHIPPED / "core-symbols.json",
    SHIPPED / "devon-beewell-2023.json",
]


def random_sheet(questionnaire: Questionnaire, chance: random.Random) -> Sheet:
    """Any pages reached, of any year group or none that is known; answers on any page."""
    pages = list(questionnaire.page)
    some = frozenset(page for page in pages if chance.random() < 0.6)
    reached = chance.choice([None, frozenset(pages), some])
    answers = random_answers(questionnaire, chance)
    return Sheet(answers, chance.choice([8, 10, "8", None]), reached)


def slowly(questionnaire: Questionnaire, sheets: list[Sheet]) -> pd.DataFrame:
    rows = [coded(questionnaire, s.answers, s.year_group, s.reached) for s in sheets]
    names = [column.key for column in columns(questionnaire)]
    return pd.DataFrame(rows, columns=names, dtype="int16")


@pytest.mark.parametrize("path", QUESTIONNAIRES, ids=lambda path: path.stem)
def test_the_table_agrees_with_the_slow_way(path: Path) -> None:
    questionnaire, chance = load(path), random.Random(path.stem)
    sheets = [random_sheet(questionnaire, chance) for _ in range(120)]
    table = coded_frame(questionnaire, sheets)
    pd.testing.assert_frame_equal(table, slowly(questionnaire, sheets))
    # The comparison means something: every reason for no answer is there.
    assert {SKIPPED, NOT_REACHED} <= set(table.to_numpy().ravel())


def test_routing_was_among_what_was_compared() -> None:
    questionnaire, chance = load(TINY / "routing_chain.json"), random.Random(3)
    sheets = [random_sheet(questionnaire, chance) for _ in range(120)]
    assert NOT_ASKED in coded_frame(questionnaire, sheets).to_numpy()


@pytest.mark.parametrize("answer", [None, "1", 1.0, [1]])
def test_what_is_no_code_is_no_answer(answer: Any) -> None:
    questionnaire = load(TINY / "scale_reversed.json")
    sheet = Sheet({"good": answer}, 8)
    assert coded_frame(questionnaire, [sheet])["good"].tolist() == [SKIPPED]


def test_a_code_too_large_for_its_column_is_refused_and_not_cut_short() -> None:
    with pytest.raises(OverflowError):
        coded_frame(load(TINY / "scale_reversed.json"), [Sheet({"good": 2**16 + 1}, 8)])


def test_nobody_gives_an_empty_table_with_all_columns() -> None:
    questionnaire = load(TINY / "tick_all.json")
    table = coded_frame(questionnaire, [])
    assert list(table.columns) == [column.key for column in columns(questionnaire)]
    assert table.empty
