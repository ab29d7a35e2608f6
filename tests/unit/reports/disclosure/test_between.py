"""The share of variance between schools, from released cells alone."""

import json

import numpy as np
import pytest

from reports.disclosure.between import between_schools
from reports.disclosure.released import HeadlineCell, ReleasedCube, ScoreCell
from tests import released


def cells(icc: float, schools: int, scales: int = 30, seed: int = 5) -> dict:
    """Schools of 200 pupils drawn with a known ICC, rounded as cells are; SD of pupils 5."""
    dice = np.random.default_rng(seed)
    found: dict = {}
    for scale in range(scales):
        true = dice.normal(20, 5 * icc**0.5, schools)
        for school, mean in enumerate(true):
            pupils = dice.normal(mean, 5 * (1 - icc) ** 0.5, 200)
            shown, sd = round(float(pupils.mean()), 1), round(float(pupils.std(ddof=1)), 1)
            row = found.setdefault(f"school:{100000 + school}", {})
            row[f"scale{scale}"] = ScoreCell(200, shown, sd, shown - 1, shown + 1)
    return found


@pytest.mark.parametrize("icc", [0.014, 0.06])
def test_it_finds_what_was_put_in(icc: float) -> None:
    assert between_schools(cells(icc, schools=40)) == pytest.approx(icc, rel=0.25)


def test_groups_other_places_headlines_and_means_without_sd_do_not_count() -> None:
    plain = cells(0.03, schools=6)
    more = {group: dict(row) for group, row in plain.items()}
    far = ScoreCell(500, 90.0, 1.0, 89.0, 91.0)
    more["borough:E1"] = more["ward:W1"] = more["school:100000|sex=F"] = {"scale0": far}
    more["school:100001"]["headline"] = HeadlineCell(200, 90, 45.0, 38.0, 52.0, "45 %")
    more["school:100099"] = {"scale0": ScoreCell(12, 90.0, None, 89.0, 91.0)}
    assert between_schools(more) == between_schools(plain) is not None


def test_nothing_is_said_of_two_schools_or_where_only_chance_differs() -> None:
    assert between_schools(cells(0.05, schools=2)) is None
    alike = {f"school:{n}": {"s": ScoreCell(100, 20.0, 5.0, 19, 21)} for n in range(8)}
    assert between_schools(alike) is None
    assert between_schools({}) is None


def test_three_schools_by_hand() -> None:
    """Eight pupils each, means 18, 20 and 22, SD 5: analysis of variance, equal sizes.

    Between: 8 x (4 + 0 + 4) / 2 = 32; within: 25; ICC = (32 - 25) / (32 + 7 x 25) = .0338.
    """
    three = {f"school:{n}": {"s": ScoreCell(8, n, 5.0, 15, 25)} for n in (18, 20, 22)}
    assert between_schools(three) == 0.034
    two = {group: row for group, row in three.items() if group != "school:20"}
    assert between_schools(two) is None


def test_it_stands_in_the_document_of_every_place() -> None:
    cube = released.small_cube()
    assert cube.icc == between_schools(cube.cells)
    for place in cube.places():
        document = cube.part(place).to_document()
        assert document["icc"] == cube.icc
        assert ReleasedCube.from_json(json.dumps(document)).icc == cube.icc
    old = {key: value for key, value in cube.to_document().items() if key != "icc"}
    assert ReleasedCube.from_json(json.dumps(old)).icc is None
