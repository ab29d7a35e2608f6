"""Funnels as drawn for slides."""

from collections.abc import Iterator

import pytest
from reportlab.graphics.shapes import Circle, Group

from reports.charts import Funnel, shapes


def flat(group: Group) -> Iterator[object]:
    for node in group.contents:
        yield node
        if isinstance(node, Group):
            yield from flat(node)


def test_a_school_stands_by_its_answers_and_its_share(funnel: Funnel) -> None:
    drawing = shapes.render(funnel, 200)
    circles = [node for node in flat(drawing) if isinstance(node, Circle)][1:]  # not the key's
    assert [circle.cx for circle in circles] == [100, 50]
    low, high = (circle.cy for circle in circles)
    assert high - low == pytest.approx(150 * (60 - 20) / 60)  # points of a field up to 60 %
