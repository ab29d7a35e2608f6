"""Weights to the roll: against a response that is known to be uneven."""

import numpy as np
import pandas as pd
import pytest

from reports.disclosure.rules import STANDARD
from reports.quality.weighted import beside, weights
from reports.stats.weighting import effective_n


def table(*groups: tuple[int, dict[str, object]]) -> pd.DataFrame:
    usual = {"school": "1", "year_group": "8", "sex": "F", "fsm": "no", "sen": "none"}
    return pd.DataFrame([usual | facts for number, facts in groups for _ in range(number)])


ROLL = table((100, {}), (100, {"fsm": "yes"}), (200, {"school": "2"}))
COUNTED = table((80, {}), (40, {"fsm": "yes"}), (120, {"school": "2"}))


def shown(values: list[float]) -> tuple[str, ...]:
    found = weights(COUNTED, ROLL, STANDARD)
    frame = pd.DataFrame({"slept": values})
    return beside(frame, COUNTED["school"], found, {"slept": "slept"}, STANDARD).rows[0]


def test_weights_meet_the_roll_and_the_headline_moves_with_them() -> None:
    found = weights(COUNTED, ROLL, STANDARD).weights
    assert found is not None
    by_fsm = pd.Series(found.weights).groupby(COUNTED["fsm"]).sum()
    assert by_fsm.to_dict() == pytest.approx({"no": 300, "yes": 100})
    # Nobody of the 40 slept, everybody else did: 200 of 240, but 300 of 400 on the roll.
    row = shown([1.0] * 80 + [0.0] * 40 + [1.0] * 120)
    assert row[:4] == ("slept", "83.3 %", "75.0 %", "-8.3")


def test_effective_number_is_told() -> None:
    found = weights(COUNTED, ROLL, STANDARD)
    assert found.weights is not None
    assert found.weights.effective_n == pytest.approx(effective_n(found.weights.weights))
    frame = pd.DataFrame({"slept": [1.0, 0.0] * 120})
    section = beside(frame, COUNTED["school"], found, {"slept": "slept"}, STANDARD)
    assert f"240 pupils tell as much as {found.weights.effective_n:,.0f} of" in section.note


@pytest.mark.parametrize("few", [0, 2])
def test_headlines_near_an_end_are_not_told(few: int) -> None:
    assert shown([1.0] * few + [0.0] * (240 - few))[1:] == ("not shown",) * 4
    assert shown([0.0] * few + [1.0] * (240 - few))[1:] == ("not shown",) * 4
    assert shown([1.0] * 9 + [np.nan] * 231)[1:] == ("not shown",) * 4


def test_small_and_unknown_categories_are_joined() -> None:
    roll = pd.concat([ROLL, table((9, {"sex": "X"}), (30, {"sen": None}))], ignore_index=True)
    counted = pd.concat([COUNTED, table((4, {"sex": "X"}))], ignore_index=True)
    found = weights(counted, roll, STANDARD).weights
    assert found is not None
    assert found.weights.sum() == pytest.approx(len(roll))


def test_without_a_roll_or_without_a_solution_it_says_why() -> None:
    nothing = weights(COUNTED, None, STANDARD)
    assert nothing.weights is None
    frame = pd.DataFrame({"slept": [1.0, 0.0] * 120})
    section = beside(frame, COUNTED["school"], nothing, {"slept": "slept"}, STANDARD)
    one = COUNTED["school"].replace("2", "1")
    alone = beside(frame, one, weights(COUNTED, ROLL, STANDARD), {"slept": "slept"}, STANDARD)
    assert (alone.rows, "One school" in alone.note) == ((), True)
    assert (section.rows, "no roll" in section.note) == ((), True)
