"""What differs between two sets of released figures, counted by hand."""

from dataclasses import replace

from reports.changes import Change, changes
from reports.disclosure.released import HeadlineCell, ReleasedCube
from tests import released

SCHOOL = "school:100001"


def whole() -> dict[str, int]:
    """Cells by kind of place."""
    counts: dict[str, int] = {}
    for group, row in released.small_cube().cells.items():
        kind = group.partition(":")[0]
        counts[kind] = counts.get(kind, 0) + len(row)
    return counts


def parts(cube: ReleasedCube) -> list[ReleasedCube]:
    return [cube.part(place) for place in cube.places()]


def test_the_same_figures_are_the_same_and_counted_once() -> None:
    # Every place's document holds the borough's groups too.
    found = changes(parts(released.small_cube()), parts(released.small_cube()))
    assert {each.kind: each.same for each in found} == {k: n for k, n in whole().items() if n}
    assert all(each.new == each.changed == each.withheld == 0 for each in found)


def test_an_interval_or_a_comparison_alone_is_a_change() -> None:
    cube = released.small_cube()
    cell = cube.cell(SCHOOL, "enough_sleep")
    assert isinstance(cell, HeadlineCell)
    wider = {**cube.cells[SCHOOL], "enough_sleep": replace(cell, high=99.9)}
    row = cube.comparisons[SCHOOL]
    other = next(key for key in row if key != "enough_sleep")
    moved = {**row, other: replace(row[other], p=0.5)}
    later = replace(
        cube,
        cells={**cube.cells, SCHOOL: wider},
        comparisons={**cube.comparisons, SCHOOL: moved},
    )
    found = {each.kind: each for each in changes(parts(cube), parts(later))}
    assert found["school"] == Change("school", 0, 2, 0, whole()["school"] - 2)
    assert found["borough"].changed == 0


def test_new_and_withheld() -> None:
    cube = released.small_cube()
    less = replace(cube, cells={**cube.cells, SCHOOL: {}})
    gone = len(cube.cells[SCHOOL])
    assert gone > 0
    back, forth = changes(parts(cube), parts(less)), changes(parts(less), parts(cube))
    assert [(each.new, each.withheld) for each in back if each.kind == "school"] == [(0, gone)]
    assert [(each.new, each.withheld) for each in forth if each.kind == "school"] == [(gone, 0)]
