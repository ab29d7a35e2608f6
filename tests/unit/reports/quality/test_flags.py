"""What flagged responses change: differences against hand counts, and none that tells of a few."""

from typing import Any

import numpy as np
import pandas as pd

from reports.disclosure.rules import STANDARD
from reports.quality.flags import FAST, IMPOSSIBLE, LINES, flags, sensitivities, without_flags


def marked(fast: int, lines: int = 0, both: int = 0, none: int = 100) -> pd.DataFrame:
    kinds = [
        (fast, (True, False)),
        (lines, (False, True)),
        (both, (True, True)),
        (none, (False,) * 2),
    ]
    return pd.DataFrame(
        [{FAST: one, LINES: two} for number, (one, two) in kinds for _ in range(number)]
    )


def told(values: list[float], flagged: pd.DataFrame) -> tuple[str, ...]:
    section = sensitivities(pd.DataFrame({"slept": values}), flagged, {"slept": "slept"}, STANDARD)
    return section.rows[0][1:] if section.rows else ()


def test_the_difference_is_without_less_all() -> None:
    # Of 20 flagged 15 slept, of 100 others 40: 55 of 120 is 45.8 %, 40.0 % without.
    values = [1.0] * 15 + [0.0] * 5 + [1.0] * 40 + [0.0] * 60
    assert told(values, marked(fast=20)) == ("45.8 %", "-5.8", "not shown", "-5.8")


def test_flags_are_told_apart_only_where_each_kind_of_pupil_is_ten() -> None:
    values = [1.0, 0.0] * 70
    assert len(told(values, marked(fast=20, lines=10, both=10))) == 4
    # Nine bear both: "any" less the one less the other would tell of them.
    assert len(told(values[:-1], marked(fast=20, lines=10, both=9))) == 2


def test_those_who_answered_the_question_are_asked_about() -> None:
    # Eleven bear lines alone, but two of them did not answer: nine are left.
    values = [1.0, 0.0] * 10 + [np.nan] * 2 + [1.0, 0.0] * 4 + [1.0] + [1.0, 0.0] * 50
    row = told(values, marked(fast=20, lines=11))
    assert row[1:3] == ("not shown", "not shown")
    assert row[3].startswith(("+", "-"))


def test_few_flagged_or_few_others_tell_nothing() -> None:
    assert told([1.0, 0.0] * 54 + [1.0], marked(fast=9)) == ()
    assert told([1.0, 0.0] * 14 + [1.0], marked(fast=20, none=9)) == ()


def test_few_flagged_who_answered_the_question_tell_nothing() -> None:
    rest = [1.0, 0.0] * 50
    answered = [1.0, 0.0] * 4 + [np.nan] * 4
    assert told(answered + rest, marked(fast=12))[-1] == "not shown"
    assert told([1.0, 0.0] * 5 + [np.nan] * 2 + rest, marked(fast=12))[-1] != "not shown"


def test_flagged_pupils_who_nearly_all_say_the_same_are_not_told() -> None:
    rest = [1.0] * 40 + [0.0] * 60
    for few in (0, 1, 2):
        assert told([1.0] * few + [0.0] * (20 - few) + rest, marked(fast=20))[-1] == "not shown"
        assert told([0.0] * few + [1.0] * (20 - few) + rest, marked(fast=20))[-1] == "not shown"
    assert told([1.0] * 3 + [0.0] * 17 + rest, marked(fast=20))[-1] != "not shown"


def test_a_share_near_nought_is_not_told() -> None:
    assert told([1.0] * 2 + [0.0] * 118, marked(fast=20))[0] == "not shown"


def test_flags_of_responses() -> None:
    usual: dict[str, Any] = {"pages_timed": 8, "pages_fast": 0, "lines": 0, "impossible": 0}
    told = {
        "usual": {},
        "fast": {"pages_fast": 2},
        "nearly": {"pages_fast": 1},
        "untimed": {"pages_timed": 0, "pages_fast": 0},
        "line": {"lines": 1},
        "odd": {"impossible": 2},
        "elsewhere": {"pages_timed": None, "pages_fast": None},
    }
    rows = [{"person": name, **usual, **facts} for name, facts in told.items()]
    quality = pd.DataFrame(rows, dtype=object).sample(frac=1, random_state=1)
    found = flags(quality, pd.Index([*told, "nobody"]))
    assert list(found.index[found[FAST]]) == ["fast"]
    assert list(found.index[found[LINES]]) == ["line"]
    assert list(found.index[found[IMPOSSIBLE]]) == ["odd"]


def test_the_column_for_the_certificate() -> None:
    kept = without_flags(marked(fast=10, lines=12), STANDARD)
    assert kept is not None
    assert kept.tolist() == [0.0] * 22 + [1.0] * 100
    assert without_flags(marked(fast=9), STANDARD) is None
