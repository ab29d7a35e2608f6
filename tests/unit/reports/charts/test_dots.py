from collections.abc import Iterable, Iterator
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from reports.charts import DotAgainstLine, DotRow, paper, slides, svg
from reports.charts.marks import Area, Mark, Placed, Text
from reports.charts.words import WITHHELD

TEXT = "{http://www.w3.org/2000/svg}text"


def test_positions_follow_the_axis(dots: DotAgainstLine) -> None:
    score = replace(dots, rows=(), floor=7, ceiling=35, unit="", decimals=1)
    assert [score.position(v) for v in (7, 14, 35)] == [0, 25, 100]
    assert score.ticks() == ((0, "7"), (50, "21"), (100, "35"))


def test_table_holds_value_range_and_reference(dots: DotAgainstLine) -> None:
    headers, rows = dots.table()
    assert headers == ("Group", "Your school", "Likely range", "All schools")
    assert rows == (
        ("All", "35%", "28% to 41%", "30%"),
        ("SEND", WITHHELD, "–", "30%"),
    )


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [(30, 31, 40), (30, 20, 29), (None, 20, 29), (30, None, None), (120, 20, 100)],
)
def test_a_value_outside_its_interval_or_axis_is_refused(
    dots: DotAgainstLine, value: float | None, low: float | None, high: float | None
) -> None:
    with pytest.raises(ValueError, match=r"stand together|not between"):
        replace(dots, rows=(DotRow("x", value, low, high, None, "x"),))


@pytest.fixture
def changes() -> DotAgainstLine:
    rows = (
        DotRow("Feel that they belong at their school", 4.2, -2.0, 11.0, 0, "More belong."),
        DotRow("Sleep", -0.4, -7.0, 6.0, 0, "About as many sleep."),
        DotRow("Safe", None, None, None, 0, "Safe: too few answers."),
    )
    axis = {"floor": -30.0, "ceiling": 30.0, "unit": " points", "signed": True}
    return DotAgainstLine("moved", "More", rows, "Change", "No change", **axis)  # type: ignore[arg-type]


def test_changes_have_their_sign_in_table_axis_and_picture(changes: DotAgainstLine) -> None:
    assert changes.table()[1] == (
        (changes.rows[0].label, "+4 points", "−2 to +11 points", "0 points"),
        ("Sleep", "0 points", "−7 to +6 points", "0 points"),
        ("Safe", WITHHELD, "–", "0 points"),
    )
    assert changes.ticks() == ((0, "−30 points"), (50, "0 points"), (100, "+30 points"))
    drawn = [text.text for text in ET.fromstring(svg.render(changes)).iter(TEXT)]  # noqa: S314
    assert drawn == [
        "Feel that they belong at their", "school", "+4 points", "Sleep", "0 points", "Safe",
        WITHHELD, "−30 points", "0 points", "+30 points",
    ]  # fmt: skip


def test_a_number_with_a_word_has_a_line_of_its_own_where_the_label_leaves_no_room(
    changes: DotAgainstLine,
) -> None:
    row = replace(changes.rows[0], label="Feel part of their own class")
    long = replace(changes, rows=(row, changes.rows[1]))
    words = [(t.text, float(t.get("y", ""))) for t in ET.fromstring(svg.render(long)).iter(TEXT)]  # noqa: S314
    (_, above), (number, below), (_, sleep), (_, beside), *_ = words
    assert (number, below - above, beside - sleep) == ("+4 points", 20, 0)


@pytest.mark.parametrize("width", range(250, 350, 5))
def test_changes_keep_clear_of_labels_and_tracks_on_paper_and_on_slides(
    changes: DotAgainstLine, width: float
) -> None:
    label = "Have an adult at school they can always talk to"
    row = replace(changes.rows[0], label=label, value=12.0, high=19.0)
    alone = replace(changes, rows=(row,))
    for picture in (paper.render(alone, width), slides.body(alone, width)):
        marks = list(flat(picture.marks))
        (number,) = (m for m in marks if isinstance(m, Text) and m.words == "+12 points")
        line = (number.y, number.y + 0.7 * number.size)
        for text in (m for m in marks if isinstance(m, Text) and m is not number):
            if text.y < line[1] and line[0] < text.y + text.size:
                assert text.left + text.room < number.left
        for ring in (m.rings[0] for m in marks if isinstance(m, Area)):
            if ring[2][1] < line[1] and line[0] < ring[0][1]:
                assert ring[1][0] < number.left


def flat(marks: Iterable[Mark], x: float = 0, y: float = 0) -> Iterator[Mark]:
    """Marks where they stand on the whole picture."""
    for mark in marks:
        if isinstance(mark, Placed):
            yield from flat(mark.marks, x + mark.x, y + mark.y)
        elif isinstance(mark, Text):
            yield replace(mark, x=mark.x + x, y=mark.y + y)
        elif isinstance(mark, Area):
            yield replace(mark, rings=[[(a + x, b + y) for a, b in ring] for ring in mark.rings])
