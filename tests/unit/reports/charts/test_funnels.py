from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from reports.charts import Funnel, FunnelLimit, FunnelPoint, svg

SVG = "{http://www.w3.org/2000/svg}"


def test_schools_stand_by_name_whatever_their_shares(funnel: Funnel) -> None:
    headers, rows = funnel.table()
    assert headers == ("School", "Share", "Answers")
    assert rows == (
        ("School A", "20%", "100"),
        ("School B", "60%", "50"),
        ("School C", "<5 %", "200"),
    )
    assert funnel.sentences() == ("School A: 20 in 100.", "School B: 60 in 100.")


def test_a_dot_stands_by_its_answers_and_its_share(funnel: Funnel) -> None:
    root = ET.fromstring(svg.render(funnel))  # noqa: S314 - our own markup
    dots = [node for node in root.iter(f"{SVG}circle") if node.get("class") == "dot"]
    assert [dot.get("cx") for dot in dots] == ["50%", "25%"]
    low, high = (float(dot.get("cy", "")) for dot in dots)
    assert low - high == pytest.approx(260 * (60 - 20) / 60, abs=0.1)  # a field up to 60 %


def test_limits_are_drawn_where_they_lie(funnel: Funnel) -> None:
    root = ET.fromstring(svg.render(funnel))  # noqa: S314 - our own markup
    curves = [node.get("d") for node in root.iter(f"{SVG}path") if "limit" in node.get("class", "")]
    assert "M0 100L50 58.3L100 51.7" in curves  # the outer one below: 0, 25 and 29 of 60
    assert "M0 0L50 16.7L100 21.7" in curves  # the inner one above: 80 (cut off), 50 and 47 of 60


def test_the_axis_ends_at_the_next_ten_above_all_that_is_drawn(funnel: Funnel) -> None:
    near = replace(funnel, points=(FunnelPoint("A", 150, 31.0, "A."),), average=8.0)
    small = tuple(FunnelLimit(n, (2.0, 14.0), (1.0, 18.0)) for n in (0, 200))
    assert replace(near, limits=small).ceiling == 40
    assert funnel.ceiling == 60


@pytest.mark.parametrize(
    "wrong",
    [
        {"points": (FunnelPoint("A", 201, 30.0, "A."),)},
        {"points": (FunnelPoint("A", 100, 130.0, "A."),)},
        {"limits": ()},
        {"average": -1.0},
    ],
    ids=str,
)
def test_what_lies_off_the_axis_is_refused(funnel: Funnel, wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"axis|limits|not between"):
        replace(funnel, **wrong)  # type: ignore[arg-type]
