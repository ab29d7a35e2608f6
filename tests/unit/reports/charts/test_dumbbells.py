from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from reports.charts import Bell, Dumbbells, svg

SVG = "{http://www.w3.org/2000/svg}"


def test_the_two_marks_stand_on_their_shares_and_the_line_between_them(bells: Dumbbells) -> None:
    root = ET.fromstring(svg.render(bells))  # noqa: S314 - our own markup
    row = next(node for node in root.iter(f"{SVG}g") if node.get("class") == "mark")
    disc, diamond, between = (row.find(f"{SVG}{name}") for name in ("circle", "svg", "line"))
    assert disc is not None
    assert diamond is not None
    assert between is not None
    assert (disc.get("cx"), diamond.get("x")) == ("33%", "54%")
    assert (between.get("x1"), between.get("x2")) == ("33%", "54%")


def test_picture_and_table_say_the_same_gap(bells: Dumbbells) -> None:
    headers, rows = bells.table()
    assert headers[3:] == ("Points apart", "Likely range", "Times as likely")
    assert rows == (
        ("Sex", "Girls: 33%", "Boys: 54%", "21", "17 to 25", "1.6"),
        ("Year", "Year 8: 40%", "Year 10: 38%", "2", "−3 to 7", "–"),
    )
    picture = svg.render(bells)
    assert "21 points apart (17 to 25)" in picture
    assert "2 points apart (−3 to 7)" in picture


@pytest.mark.parametrize(
    "wrong",
    [{"gap": 12.0, "low": 5.0}, {"low": 22.0}, {"high": 20.0}, {"one": Bell("Girls", 101.0)}],
    ids=str,
)
def test_a_gap_that_is_not_the_distance_of_its_ends_is_refused(
    bells: Dumbbells, wrong: dict[str, float]
) -> None:
    with pytest.raises(ValueError, match=r"gap|not between"):
        replace(bells, rows=(replace(bells.rows[0], **wrong),))
