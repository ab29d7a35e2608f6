"""How a wave was answered, told of groups: against a class whose quality is plain to see."""

import itertools
import random
from typing import Any

import pandas as pd
import pytest

from reports.quality import QualityReport, joined, quality_report, tells

USUAL: dict[str, Any] = {
    "person": "",
    "edition": "full",
    "entered": "pupil",
    "rotation": 0,
    "finished": True,
    "device": "tablet",
    "language": "en-GB",
    "aloud": 0,
    "waits": 0,
    "seconds": 1200,
    "pages_timed": 40,
    "pages_fast": 0,
    "pages_reached": 40,
    "asked": 100,
    "answered": 100,
    "preferred_not": 0,
    "skipped": 0,
    "not_reached": 0,
    "lines": 0,
    "lines_possible": 3,
    "longest_run": 4,
    "impossible": 0,
}


def pupils(*groups: tuple[int, dict[str, Any]]) -> pd.DataFrame:
    """So many pupils who differ from the usual in this."""
    rows = [USUAL | facts for number, facts in groups for _ in range(number)]
    return pd.DataFrame(rows, dtype=object)


def cells(report: QualityReport, title: str) -> dict[str, int]:
    return dict(next(table.cells for table in report.tables if table.title == title))


def quartiles(report: QualityReport, title: str) -> tuple[int, int, int] | None:
    return next(each.values for each in report.quartiles if each.title == title)


def labels(**counts: int) -> "pd.Series[str]":
    return pd.Series([kind for kind, number in counts.items() for _ in range(number)])


@pytest.fixture
def report() -> QualityReport:
    """A hundred pupils: 60 as usual, 20 in a rush, 20 from paper."""
    return quality_report(
        pupils(
            (60, {"seconds": 1500, "skipped": 2}),
            (20, {"seconds": 300, "pages_fast": 10, "lines": 2, "impossible": 1}),
            (20, {"entered": "paper", "seconds": None, "pages_timed": 0, "aloud": 3}),
        )
    )


def test_counts_of_a_hand_made_class(report: QualityReport) -> None:
    assert report.pupils == 100
    assert cells(report, "Edition") == {"full": 100}
    assert cells(report, "Entered by") == {"pupil": 80, "paper": 20}
    assert cells(report, "Scales answered in a straight line") == {"none": 80, "one or more": 20}
    assert cells(report, "Answers that cannot both be true") == {"none": 80, "one pair or more": 20}
    assert cells(report, "Answered faster than anybody reads") == {
        "fewer pages, or no times": 80,
        "a quarter of the pages or more": 20,
    }
    assert cells(report, "Read aloud") == {"not used, or not told": 80, "used": 20}


def test_quartiles_of_a_hand_made_class(report: QualityReport) -> None:
    # Of 80 pupils at a screen 20 took five minutes and 60 took 25.
    assert quartiles(report, "Time on the questions") == (20, 25, 25)
    assert quartiles(report, "Questions skipped") == (0, 2, 2)
    assert quartiles(report, "Longest run of equal answers") == (4, 4, 4)


@pytest.mark.parametrize(("number", "told"), [(39, None), (40, (20, 20, 20))])
def test_quartiles_need_ten_pupils_in_each_quarter(number: int, told: object) -> None:
    frame = pupils((number, {}), (30, {"seconds": None}))
    assert quartiles(quality_report(frame), "Time on the questions") == told


def test_fewer_than_ten_pupils_are_not_told_of() -> None:
    with pytest.raises(ValueError, match="fewer than 10"):
        quality_report(pupils((9, {})))
    assert quality_report(pupils((10, {}))).pupils == 10


def test_a_few_are_joined_with_their_smallest_neighbour() -> None:
    found = joined(labels(pupil=80, assisted=12, paper=3)).value_counts().to_dict()
    assert found == {"pupil": 80, "assisted; or paper": 15}


def test_a_table_of_which_only_one_kind_is_left_is_left_out() -> None:
    report = quality_report(pupils((50, {}), (9, {"entered": "paper"})))
    assert cells(report, "Entered by") == {}
    report = quality_report(pupils((50, {}), (10, {"entered": "paper"})))
    assert cells(report, "Entered by") == {"pupil": 50, "paper": 10}


def test_no_kind_of_fewer_than_ten_whatever_the_counts() -> None:
    dice = random.Random(7)
    for _ in range(60):
        counts = {f"kind {n}": dice.choice([0, 1, 5, 9, 10, 11, 40]) for n in range(5)}
        found = joined(labels(**counts)).value_counts()
        assert found.sum() == sum(counts.values())
        assert len(found) < 2 or found.min() >= 10


def test_a_difference_between_two_tables_is_not_told() -> None:
    """Of 40 pupils with the short version all but three had it read aloud, and nobody else had."""
    frame = pupils(
        (60, {}), (37, {"edition": "short", "aloud": 2}), (3, {"edition": "short", "aloud": 0})
    )
    report = quality_report(frame)
    assert cells(report, "Edition") == {"full": 60, "short": 40}
    assert cells(report, "Read aloud") == {}  # 40 less 37 would tell of the three


def test_no_two_tables_that_are_told_tell_of_fewer_than_ten() -> None:
    """By brute force, over classes made by chance: every nested pair of told groups."""
    dice = random.Random(3)
    for _ in range(12):
        frame = pupils(*((dice.choice([1, 4, 12, 30]), chance(dice)) for _ in range(8)))
        told = [groups(table.cells, frame, table.title) for table in quality_report(frame).tables]
        for one, other in itertools.permutations([each for each in told if each], 2):
            for inner, outer in itertools.product(one, other):
                assert not (inner < outer and len(outer - inner) < 10)


def chance(dice: random.Random) -> dict[str, Any]:
    return {
        "edition": dice.choice(["full", "short"]),
        "entered": dice.choice(["pupil", "paper"]),
        "aloud": dice.choice([0, 1]),
        "lines": dice.choice([0, 1]),
        "finished": dice.choice([True, False]),
    }


def groups(
    cells: tuple[tuple[str, int], ...], frame: pd.DataFrame, title: str
) -> list[frozenset[int]]:
    """The pupils behind each kind that is told, found anew from the column it speaks of."""
    columns = {
        "Edition": ("edition", {"full": "full", "short": "short"}),
        "Entered by": ("entered", {"pupil": "pupil", "paper": "paper"}),
        "Read aloud": ("aloud", {1: "used", 0: "not used, or not told"}),
        "Scales answered in a straight line": ("lines", {1: "one or more", 0: "none"}),
        "Ended": ("finished", {True: "sent", False: "stopped, or left under way"}),
    }
    if title not in columns or len(cells) < 2:
        return []
    column, words = columns[title]
    kinds = frame[column].map(words)
    found = [frozenset(frame.index[kinds == kind]) for kind, _ in cells]
    assert [len(each) for each in found] == [number for _, number in cells]
    return found


@pytest.mark.parametrize(
    ("crossed", "told"),
    [
        ([[30, 0], [0, 30]], False),  # the same table twice
        ([[30, 5], [0, 30]], True),  # 35 less 30
        ([[30, 10], [0, 30]], False),
        ([[30, 5], [5, 30]], False),  # neither within the other
        ([[20, 0, 0], [0, 20, 0], [5, 0, 40]], True),
        # Two kinds together within one, and three left over.
        ([[20, 0], [20, 0], [3, 30]], True),
    ],
)
def test_tables_side_by_side(crossed: list[list[int]], told: bool) -> None:
    pairs = [
        (f"row {r}", f"column {c}")
        for r, row in enumerate(crossed)
        for c, number in enumerate(row)
        for _ in range(number)
    ]
    one, other = (pd.Series(side) for side in zip(*pairs, strict=True))
    assert tells(one, other) is told
    assert tells(other, one) is told
