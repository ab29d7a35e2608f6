"""Trends on paper and on slides."""

from dataclasses import replace

import pytest

from reports.charts import Trend, Trends, paper, slides
from reports.charts.marks import Area, Dot, Fade, Hatch, Picture, Stroke, Text
from reports.charts.palette import GREY, NAVY
from reports.charts.paper_parts import TRACK
from reports.charts.paper_trends import BAND, LOW
from reports.charts.words import WITHHELD


def fields(picture: Picture) -> list[tuple[float, float, float, float]]:
    """(left, top, right, bottom) of every panel; not the grounds under numbers."""
    boxes = [m.rings[0] for m in picture.marks if isinstance(m, Area) and m.fill == TRACK]
    found = [(ring[0][0], ring[0][1], ring[2][0], ring[2][1]) for ring in boxes]
    return [box for box in found if box[1] - box[3] > 20]


def lines(picture: Picture) -> list[Stroke]:
    """Those of the trends; the first is the key's sample."""
    return [m for m in picture.marks if isinstance(m, Stroke) and m.colour == NAVY][1:]


def dots(picture: Picture) -> list[Dot]:
    return [m for m in picture.marks if isinstance(m, Dot)][1:]


def written(picture: Picture) -> list[Text]:
    return [m for m in picture.marks if isinstance(m, Text)]


def test_each_dot_stands_on_its_day_and_its_value(trends: Trends) -> None:
    picture = paper.render(trends, 460)
    for panel, found in zip(fields(picture), (dots(picture)[:2], dots(picture)[2:]), strict=True):
        bottom = panel[3]
        shares = [(dot.y - bottom) / LOW * 60 + 20 for dot in found]
        assert shares == pytest.approx([40, 50.4] if len(found) == 2 else [60, 55, 70])
    first, second, last = (dot.x for dot in dots(picture)[2:])
    assert (second - first) / (last - first) == pytest.approx(0.25)


def test_the_band_is_darkest_at_the_value_and_ends_with_the_interval(trends: Trends) -> None:
    picture = paper.render(trends, 460)
    (low, high, *_), dot = [m for m in picture.marks if isinstance(m, Fade)], dots(picture)[0]
    points = LOW / 60
    assert low.upright
    assert (low.edge + BAND / 2, low.value, high.value) == pytest.approx((dot.x, dot.y, dot.y))
    assert (dot.y - low.end, high.end - dot.y) == pytest.approx((6 * points, 8 * points))


def test_the_line_runs_from_dot_to_dot_and_breaks(trends: Trends) -> None:
    picture = paper.render(trends, 460)
    girls, *boys = [line.points for line in lines(picture)]
    at = [(dot.x, dot.y) for dot in dots(picture)]
    assert [girls, *boys] == [tuple(at[:2]), tuple(at[2:4]), tuple(at[3:])]


def test_what_is_not_shown_is_hatched_from_ceiling_to_floor(trends: Trends) -> None:
    picture = paper.render(trends, 460)
    _, hatch = [m for m in picture.marks if isinstance(m, Hatch)]  # the first is the key's
    (left, top), _, (right, bottom), _ = hatch.rings[0]
    girls, boys = fields(picture)
    assert (top, bottom) == (girls[1], girls[3])
    # In the panel to the left, where the last moment stands in the other.
    assert (left + right) / 2 - girls[0] == pytest.approx(dots(picture)[-1].x - boys[0])
    assert hatch.lines


def test_the_numbers_are_those_of_the_table(trends: Trends, gaps: Trends) -> None:
    for chart, unit in ((trends, ""), (gaps, " points")):
        bold = [text.words for text in written(paper.render(chart, 460)) if text.bold]
        cells = [cell for row in chart.table()[1] for cell in row[1::2] if cell != WITHHELD]
        assert bold == [cell.removesuffix(unit) for cell in cells]


def test_nothing_written_covers_anything_written(trends: Trends, gaps: Trends) -> None:
    boys = trends.panels[1]
    short = replace(boys, moments=(boys.moments[0], boys.moments[2]))
    long = replace(short, label=12 * "Long ")
    many = replace(trends, panels=(long, short, short, long))
    for picture in (paper.render(many, 300), paper.render(gaps, 300), slides.body(many, 460)):
        boxes = [
            (t.left, t.left + t.room, t.y - 0.2 * t.size, t.y + 0.75 * t.size)
            for t in written(picture)
        ]
        for i, (left, right, bottom, top) in enumerate(boxes):
            for other in boxes[:i]:
                apart = right <= other[0] or other[1] <= left
                assert apart or top <= other[2] or other[3] <= bottom


def test_nought_has_its_line(trends: Trends, gaps: Trends) -> None:
    def grey(chart: Trends) -> list[Stroke]:
        marks = paper.render(chart, 460).marks
        return [m for m in marks if isinstance(m, Stroke) and m.colour == GREY]

    ((left, top, right, bottom),) = fields(paper.render(gaps, 460))
    (zero,) = grey(gaps)
    assert zero.points == ((left, (top + bottom) / 2), (right, (top + bottom) / 2))
    assert not grey(trends)


@pytest.mark.parametrize(
    ("count", "width", "abreast"), [(1, 460, 1), (2, 460, 2), (5, 460, 2), (2, 200, 1)]
)
def test_two_panels_stand_abreast_where_they_have_room(
    trends: Trends, count: int, width: float, abreast: int
) -> None:
    boys = trends.panels[1]
    moments = (boys.moments[0], boys.moments[2])
    picture = paper.render(replace(trends, panels=(Trend("Boys", moments),) * count), width)
    found = fields(picture)
    assert len(found) == count
    assert len({left for left, *_ in found}) == abreast
    assert max(right for _, _, right, _ in found) == pytest.approx(width)


def test_a_slide_is_wide_so_more_stand_abreast(trends: Trends) -> None:
    five = replace(trends, panels=(trends.panels[1],) * 5)
    assert len({left for left, *_ in fields(slides.body(five, 660))}) == 3
    assert len({left for left, *_ in fields(paper.render(five, 660))}) == 2
