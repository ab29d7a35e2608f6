"""Dumbbells and funnels on paper and on slides."""

import pytest

from reports.charts import Dumbbells, Funnel, paper
from reports.charts.marks import Area, Dot, Stroke, Text
from reports.charts.palette import GREY, PLUM


def test_both_groups_stand_on_their_shares(bells: Dumbbells) -> None:
    marks = paper.render(bells, 200).marks
    ends = [mark.points for mark in marks if isinstance(mark, Stroke)]
    assert [(start[0], end[0]) for start, end in ends] == [(66, 108), (80, 76)]
    for start, end in ends:
        diamond, disc = marks[marks.index(Stroke((start, end), GREY, 2.5)) + 1 :][:2]
        # The second lies under the first where both are the same.
        assert isinstance(disc, Dot)
        assert isinstance(diamond, Area)
        assert (disc.x, disc.y) == start
        assert (diamond.edge, diamond.rings[0][1][0] - 5) == (PLUM, end[0])


def test_each_group_is_named_behind_its_own_mark(bells: Dumbbells) -> None:
    marks = paper.render(bells, 200).marks
    for row in bells.rows:
        for bell, kind in ((row.one, Dot), (row.two, Area)):
            words = bells.bell_words(bell)
            (at,) = (i for i, m in enumerate(marks) if isinstance(m, Text) and m.words == words)
            assert isinstance(marks[at - 1], kind)


def test_a_school_stands_by_its_answers_and_its_share(funnel: Funnel) -> None:
    marks = paper.render(funnel, 200).marks
    dots = [mark for mark in marks if isinstance(mark, Dot)][1:]  # not the key's
    assert [dot.x for dot in dots] == [100, 50]
    assert dots[1].y - dots[0].y == pytest.approx(150 * (60 - 20) / 60)  # a field up to 60 %


def test_the_limits_of_chance_run_along_their_answers(funnel: Funnel) -> None:
    strokes = [mark for mark in paper.render(funnel, 200).marks if isinstance(mark, Stroke)]
    low, high, inner_low, inner_high, average = strokes[-5:]
    assert [x for x, _ in low.points] == [0, 100, 200]
    # At 100 answers, in a field of 150 points up to 60 %.
    heights = [line.points[1][1] - low.points[1][1] for line in (inner_low, inner_high, high)]
    assert heights == pytest.approx([2.5 * (percent - 25) for percent in (30, 50, 55)])
    assert [y - low.points[1][1] for _, y in average.points] == pytest.approx([2.5 * 15] * 2)
