"""Scores: known values by hand, and the quick table against the slow and obvious way."""

import random
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from surveys.coding import coded
from surveys.definition import Multi, Questionnaire, columns, load
from surveys.navigation import relevant_answers
from surveys.scoring import (
    band,
    headline_frame,
    headlines,
    part_frames,
    score,
    score_frame,
)

ROOT = Path(__file__).parents[3]
TINY = ROOT / "tests" / "questionnaires"
SHIPPED = ROOT / "surveys" / "questionnaires"


def tiny(name: str) -> Questionnaire:
    return load(TINY / f"{name}.json")


def sixth(**changed: int | None) -> dict[str, Any]:
    """Six answers of 4, some changed or taken away."""
    answers = {**{f"i{n}": 4 for n in range(1, 7)}, **changed}
    return {key: code for key, code in answers.items() if code is not None}


@pytest.mark.parametrize(
    ("name", "answers", "expected"),
    [
        # bad is turned round on 1-5 and moved to 0-4: 6 - 2 - 1
        ("scale_reversed", {"good": 5, "bad": 2}, {"mood": 8}),
        ("scale_reversed", {"good": 5}, {"mood": None}),
        ("scale_reversed", {"good": 5, "bad": 8}, {"mood": None}),  # don't know
        ("scale_reversed", {"good": 9, "bad": 1}, {"mood": None}),  # prefer not to say
        ("scale_prorated", sixth(), {"six": 24, "six_complete": 24, "six_mean": 4}),
        # five of six is 83 %, four is 67 %
        (
            "scale_prorated",
            sixth(i1=None, i2=1),
            {"six": 20.4, "six_complete": None, "six_mean": 3.4},
        ),
        (
            "scale_prorated",
            sixth(i1=None, i2=9),
            {"six": None, "six_complete": None, "six_mean": None},
        ),
        ("scale_switch", {"talked": 1, "helped": 3, "would": 5}, {"talk": 3}),
        ("scale_switch", {"talked": 0, "would": 5}, {"talk": 5}),
        ("scale_switch", {"would": 5}, {"talk": 5}),
        ("scale_switch", {"talked": 1, "would": 5}, {"talk": None}),
        # (12 - (2 + 3)) + 1 and 2 x 1
        ("scale_nested", {"a": 2, "b": 3, "c": 1}, {"pair": 5, "all_three": 8, "times": 2}),
        ("scale_nested", {"a": 2, "c": 1}, {"pair": None, "all_three": None, "times": 2}),
        ("scale_mapped", {"a": 1, "b": 4}, {"any_high": 1, "worst": 1, "without_five": 1}),
        ("scale_mapped", {"b": 3}, {"any_high": 0, "worst": 3, "without_five": None}),
        ("scale_mapped", {"a": 5}, {"any_high": 1, "worst": 5, "without_five": None}),
        ("scale_mapped", {}, {"any_high": None, "worst": None, "without_five": None}),
        ("scale_converted", {"a": 1, "b": 3}, {"total": 4, "total_metric": 8}),
        ("scale_converted", {"a": 1}, {"total": None, "total_metric": None}),
        ("number_with_prefer_not", {"rating": 0}, {"rating": 0}),
        ("number_with_prefer_not", {"rating": 11}, {"rating": None}),
    ],
)
def test_a_score_by_hand(name: str, answers: dict[str, Any], expected: dict[str, Any]) -> None:
    assert score(tiny(name), answers) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("name", "answers", "expected"),
    [
        ("tick_all", {"colours": [2, 3]}, {"warm_or_cold": True}),
        ("tick_all", {"colours": [3]}, {"warm_or_cold": False}),
        ("tick_all", {"colours": [9]}, {"warm_or_cold": None}),
        ("tick_all", {"colours": []}, {"warm_or_cold": None}),
        ("number_with_prefer_not", {"rating": 7}, {"seven": True}),
        ("number_with_prefer_not", {"rating": 6}, {"seven": False}),
        ("number_with_prefer_not", {"rating": 11}, {"seven": None}),
        ("headline_any_item", {"a": 4, "b": 1}, {"either": True, "b_low": True}),
        ("headline_any_item", {"b": 5}, {"either": True, "b_low": False}),
        ("headline_any_item", {"a": 1, "b": 8}, {"either": False, "b_low": None}),
        ("headline_any_item", {"a": 9}, {"either": None, "b_low": None}),
        ("scale_converted", {"a": 2, "b": 2}, {"high": False}),
        ("scale_converted", {"a": 2, "b": 3}, {"high": True}),
    ],
)
def test_a_headline_by_hand(name: str, answers: dict[str, Any], expected: dict[str, Any]) -> None:
    assert headlines(tiny(name), answers) == expected


def test_bands_end_where_they_say() -> None:
    (rating,) = tiny("number_with_prefer_not").scales
    found = [band(rating, value) for value in range(11)]
    assert [b.key for b in found if b] == ["low"] * 5 + ["medium"] * 2 + ["high"] * 4


def test_cut_offs_of_the_core() -> None:
    core = load(SHIPPED / "core.json")
    cuts = {
        "emotional": {9: "expected", 10: "borderline", 11: "borderline", 12: "high", 20: "high"},
        "behaviour": {5: "expected", 6: "borderline", 7: "high", 12: "high"},
        "life_satisfaction": {4: "low", 5: "medium", 6: "medium", 7: "high", 9: "very_high"},
        "wellbeing": {19.25: "low", 19.98: "medium", 27.03: "medium", 28.13: "high"},
    }
    for key, values in cuts.items():
        for value, expected in values.items():
            found = band(core.scale[key], value)
            assert found is not None
            assert found.key == expected


def test_the_wellbeing_conversion_is_the_published_one() -> None:
    core = load(SHIPPED / "core.json")
    items = core.scale["wellbeing"].items
    assert len(items) == 7
    for code, metric in ((1, 7.0), (2, 15.32), (3, 19.25), (4, 25.03), (5, 35.0)):
        found = score(core, dict.fromkeys(items, code))
        assert found["wellbeing"] == 7 * code
        assert found["wellbeing_metric"] == metric
    assert score(core, dict.fromkeys(items[:6], 3))["wellbeing"] is None


def random_answers(questionnaire: Questionnaire, chance: random.Random) -> dict[str, Any]:
    """Any valid answers, "prefer not to say" and gaps among them."""
    gaps = chance.choice([0.0, 0.05, 0.3])
    answers: dict[str, Any] = {}
    for item in questionnaire.items.values():
        if chance.random() < gaps:
            continue
        codes = item.kind.codes()
        many = isinstance(item.kind, Multi)
        answers[item.key] = (
            chance.sample(codes, chance.randint(0, len(codes))) if many else chance.choice(codes)
        )
    return answers


TINY_SCORED = sorted(
    path
    for path in TINY.glob("*.json")
    if path.stem.startswith(("scale", "headline", "tick", "num"))
)


@pytest.mark.parametrize(
    "path",
    [*TINY_SCORED, SHIPPED / "core.json", SHIPPED / "devon-beewell-2023.json"],
    ids=lambda path: path.stem,
)
def test_the_table_agrees_with_the_slow_way(path: Path) -> None:
    questionnaire = load(path)
    chance = random.Random(20230601)
    sheets = [(random_answers(questionnaire, chance), chance.choice([8, 10])) for _ in range(250)]
    counting = [relevant_answers(questionnaire, sheet, year) for sheet, year in sheets]
    frame = pd.DataFrame([coded(questionnaire, sheet, year) for sheet, year in sheets])
    frame = frame.astype("int16").set_axis(range(1000, 1250))  # an index of its own
    slow_scores = pd.DataFrame([score(questionnaire, a) for a in counting], index=frame.index)
    slow_heads = pd.DataFrame([headlines(questionnaire, a) for a in counting], index=frame.index)
    quick_scores = score_frame(questionnaire, frame)
    quick_heads = headline_frame(questionnaire, frame)
    for quick, slow in ((quick_scores, slow_scores), (quick_heads, slow_heads)):
        assert list(quick.columns) == list(slow.columns)
        assert (quick.index == frame.index).all()
        assert (quick.dtypes == "float64").all()
        np.testing.assert_allclose(quick.to_numpy(), slow.to_numpy(dtype=float), rtol=1e-12)
    # The comparison means something: every column has scores, and most have gaps.
    assert quick_scores.notna().any().all()


def test_scores_stay_in_their_declared_range() -> None:
    for name in ("core", "devon-beewell-2023"):
        questionnaire = load(SHIPPED / f"{name}.json")
        chance = random.Random(7)
        for _ in range(300):
            found = score(questionnaire, random_answers(questionnaire, chance))
            for scale in questionnaire.scales:
                value = found[scale.key]
                assert value is None or scale.low - 1e-9 <= value <= scale.high + 1e-9


def test_a_table_without_an_item_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="bad"):
        score_frame(tiny("scale_reversed"), pd.DataFrame({"good": [1, 2]}))


def test_an_empty_table_has_empty_scores() -> None:
    questionnaire = tiny("scale_nested")
    frame = pd.DataFrame({"a": [], "b": [], "c": []}, dtype="int16")
    assert score_frame(questionnaire, frame).shape == (0, 3)


@pytest.mark.parametrize("name", ["core", "devon-beewell-2023"])
def test_parts_add_up_to_the_scores_of_those_who_answered_them_all(name: str) -> None:
    questionnaire, dice = load(SHIPPED / f"{name}.json"), random.Random(name)
    codes = {
        key: [dice.choice([*item.kind.answer_codes(), -1]) for _ in range(60)]
        for key, item in questionnaire.items.items()
        if not isinstance(item.kind, Multi) and item.kind.answer_codes()
    }
    frame = pd.DataFrame(codes, dtype="int16")
    for column in columns(questionnaire):
        if column.key not in frame:
            frame[column.key] = np.int16(0)
    scores, parts = score_frame(questionnaire, frame), part_frames(questionnaire, frame)
    assert len(parts) >= 8
    for key, table in parts.items():
        whole = table.notna().all(axis=1)
        mean = questionnaire.scale[key].formula.method == "mean"
        expected = table.mean(axis=1) if mean else table.sum(axis=1)
        assert len(table.columns) > 1
        assert whole.any()
        assert np.allclose(scores.loc[whole, key], expected[whole])


def test_only_sums_and_means_of_questions_have_parts() -> None:
    for name, scales in [
        ("scale_reversed", {"mood"}),
        ("scale_prorated", {"six", "six_complete", "six_mean"}),
        ("scale_switch", set()),
        ("scale_nested", {"pair"}),
    ]:
        questionnaire = tiny(name)
        keys = [column.key for column in columns(questionnaire)]
        frame = pd.DataFrame([[1] * len(keys)], columns=keys, dtype="int16")
        assert set(part_frames(questionnaire, frame)) == scales, name
