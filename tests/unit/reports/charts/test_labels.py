"""Numbers and dates in a picture of lines: nothing covers anything."""

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from reports.charts.labels import Box, Ground, Point, Spot, lanes, place

WIDE = Ground(Box(-50, 0, 450, 100), [], [], 12)


def boxes(dots: list[Point], ground: Ground = WIDE, room: float = 30) -> list[Box]:
    spots = place(dots, list(pairwise(dots)), [room] * len(dots), 14, ground)
    pairs = zip(dots, spots, strict=True)
    return [spot.box(dot, room, 14) for dot, spot in pairs if spot is not None]


def test_the_ends_of_a_line_have_their_numbers_outside_at_their_own_height() -> None:
    left, right = boxes([(0, 70), (200, 20)])
    assert (left.right, right.left) == (-12, 212)
    assert ((left.top + left.bottom) / 2, (right.top + right.bottom) / 2) == (70, 20)


def test_a_number_stands_on_the_side_that_the_line_leaves_free() -> None:
    _, rising, _ = boxes([(0, 90), (200, 50), (400, 10)])
    assert (rising.left, rising.top > 50) == (212, True)
    _, falling, _ = boxes([(0, 10), (200, 50), (400, 90)])
    assert (falling.left, falling.bottom < 50) == (212, True)


def test_where_moments_are_close_a_number_stands_over_or_under_its_own() -> None:
    dots: list[Point] = [(0, 50), (50, 40), (100, 50), (150, 60), (200, 50)]
    _, peak, _, valley, _ = boxes(dots)
    assert (peak.left, peak.bottom < 40) == (35, True)
    assert (valley.left, valley.top > 60) == (135, True)


def test_what_is_taken_is_left_alone() -> None:
    free = boxes([(0, 50), (200, 50)])
    ground = Ground(WIDE.bounds, [free[0]], [], 12)
    moved = boxes([(0, 50), (200, 50)], ground)
    assert len(moved) == 2
    assert not moved[0].meets(free[0])


def test_rather_no_number_than_one_over_something() -> None:
    ground = Ground(WIDE.bounds, [Box(-50, 0, 60, 100)], [], 12)
    assert place([(0, 50), (200, 50)], [((0, 50), (200, 50))], [30, 30], 14, ground) == (
        None,
        Spot("start", 12, 5.25),
    )


@given(
    heights=st.lists(st.floats(0, 100), min_size=2, max_size=5),
    steps=st.lists(st.floats(20, 90), min_size=4, max_size=4),
    room=st.floats(15, 45),
)
def test_no_number_covers_a_line_a_dot_or_another(
    heights: list[float], steps: list[float], room: float
) -> None:
    dots = [(sum(steps[:i]), height) for i, height in enumerate(heights)]
    found = boxes(dots, room=room)
    for one, other in combinations(found, 2):
        apart = one.right <= other.left or other.right <= one.left
        assert apart or one.bottom <= other.top or other.bottom <= one.top
    along = [
        (x + (to - x) * i / 200, y + (down - y) * i / 200)
        for (x, y), (to, down) in pairwise(dots)
        for i in range(201)
    ]
    for box in found:
        assert WIDE.bounds.holds(box)
        assert not [1 for x, y in along if box.left < x < box.right and box.top < y < box.bottom]


@given(heights=st.lists(st.floats(30, 70), min_size=2, max_size=5))
def test_every_number_has_a_place_where_moments_are_as_far_apart_as_on_a_phone(
    heights: list[float],
) -> None:
    dots = [(i * 48.0, height) for i, height in enumerate(heights)]
    assert len(boxes(dots)) == len(dots)


def test_dates_share_a_line_until_they_would_touch() -> None:
    assert lanes([0, 50, 100], [40, 40, 40]) == [0, 0, 0]
    assert lanes([0, 40, 80, 120], [40] * 4) == [0, 1, 0, 1]
    assert lanes([0, 10, 20], [40, 40, 40]) == [0, 1, 2]
