"""Gaps between groups are those of the two released cells, and of no others."""

from dataclasses import replace

import pytest

from reports.disclosure.released import HeadlineCell
from reports.presenters.gaps import NOTE, gaps
from reports.presenters.outline import Headline
from reports.presenters.sources import Source
from tests import released
from tests.unit.reports.test_presenters import given

SLEEP = Headline("enough_sleep", "said they get enough sleep", "higher_better")
GIRLS, BOYS = (f"borough:{released.BOROUGH}|sex={sex}" for sex in "FM")


def borough(**cells: HeadlineCell) -> Source:
    """The borough with other cells for girls and boys."""
    source = given("borough", released.BOROUGH)
    if not cells:
        return source
    told = {GIRLS: cells["girls"], BOYS: cells["boys"]}
    changed = {
        group: {**row, "enough_sleep": told[group]} if group in told else row
        for group, row in source.cube.cells.items()
    }
    return replace(source, cube=replace(source.cube, cells=changed))


def cell(count: int, n: int) -> HeadlineCell:
    return HeadlineCell(n, count, round(100 * count / n, 1), 0.0, 100.0, "")


def test_newcombes_own_example() -> None:
    """56 of 70 and 48 of 80: 0.2000, 0.0524 to 0.3339 (Newcombe 1998, table II, method 10)."""
    chart = gaps(borough(girls=cell(56, 70), boys=cell(48, 80)), SLEEP)
    assert chart is not None
    row = next(row for row in chart.rows if row.label == "Sex")
    assert (row.gap, row.low, row.high) == pytest.approx((20.0, 5.24, 33.39), abs=0.01)
    assert "80 in 100 girls and 60 in 100 boys said they get enough sleep: 20 points" in row.text
    assert "expect between 5 and 33. Girls were 1.3 times as likely as boys" in row.text


def test_the_larger_share_comes_first_in_words_and_the_groups_keep_their_order() -> None:
    chart = gaps(borough(girls=cell(48, 80), boys=cell(56, 70)), SLEEP)
    assert chart is not None
    row = next(row for row in chart.rows if row.label == "Sex")
    assert (row.one.label, row.two.label) == ("Girls", "Boys")
    assert row.gap == pytest.approx(20)
    assert "Boys were 1.3 times as likely as girls" in row.text


def test_a_gap_that_may_be_none_says_so() -> None:
    chart = gaps(borough(girls=cell(40, 80), boys=cell(36, 70)), SLEEP)
    assert chart is not None
    row = next(row for row in chart.rows if row.label == "Sex")
    assert row.low < 0 < row.high
    assert "anything from 14 points the other way round to 17 points" in row.text
    assert chart.note == NOTE


@pytest.mark.parametrize("label", ["<5 %", "all but fewer than 3"])
def test_no_gap_where_a_label_stands_for_a_number(label: str) -> None:
    silent = HeadlineCell(70, None, None, None, None, label)
    for pair in ({"girls": silent, "boys": cell(36, 70)}, {"girls": cell(36, 70), "boys": silent}):
        chart = gaps(borough(**pair), SLEEP)
        assert chart is not None
        assert "Sex" not in [row.label for row in chart.rows]


def test_no_gap_of_the_rounded_counts_of_wards() -> None:
    assert gaps(given("ward", "W0"), SLEEP) is None
