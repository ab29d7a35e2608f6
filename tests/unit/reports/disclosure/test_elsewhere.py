"""Pupils like yours elsewhere: from published cells, the same as from pupils' rows."""

import json
from dataclasses import replace

import numpy as np
import pytest

from reports.disclosure.elsewhere import elsewhere
from reports.disclosure.lattice import Place
from reports.disclosure.released import Comparison, HeadlineCell, ReleasedCube
from reports.stats.proportions import wilson
from tests import released

BOROUGH = Place("borough", "B")
BESIDE = Comparison(20, 50, 60, 50, 0, 0, 0, 0.5, 0.5, 0, None)
MIXES = {"sex=F|year_group=8": (20, 10), "sex=M|year_group=8": (30, 6)}
ELSEWHERE = {"sex=F|year_group=8": (100, 60), "sex=M|year_group=8": (20, 8)}


def cell(n: int, count: int) -> HeadlineCell:
    share = wilson(count, n)
    ends = (round(100 * float(end), 1) for end in (share.value, share.low, share.high))
    return HeadlineCell(n, count, *ends, "")


def town() -> tuple[dict, dict]:
    """A school of two mixes, and a borough with four times as many girls elsewhere."""
    cells = {"school:1": {"h": cell(50, 16)}, "borough:B": {"h": cell(170, 84)}}
    for mix, (n, count) in MIXES.items():
        more, met = ELSEWHERE[mix]
        cells[f"school:1|{mix}"] = {"h": cell(n, count)}
        cells[f"borough:B|{mix}"] = {"h": cell(n + more, count + met)}
    return cells, {f"school:1|{mix}": {"h": BESIDE} for mix in MIXES}


def test_by_hand() -> None:
    (found,) = elsewhere(*town(), BOROUGH)["school:1"]["h"]
    # Elsewhere 60 % of girls and 40 % of boys; here two girls to three boys.
    assert (found.dims, found.n, found.percent) == (("sex", "year_group"), 50, 48.0)
    # The error's two parts, n - 1 below: .16 * .24 / 99 + .36 * .24 / 19.
    se = 100 * (0.16 * 0.24 / 99 + 0.36 * 0.24 / 19) ** 0.5
    assert found.low is not None
    assert found.high is not None
    assert found.high - found.percent == pytest.approx(found.percent - found.low, abs=0.1)
    assert 1.96 < (found.high - found.low) / (2 * se) < 2.12  # Student's t, some 20 degrees


def test_one_demographic_alone_is_a_filter_and_no_mix() -> None:
    cells, comparisons = town()
    for place, (n, count) in {"school:1": (20, 10), "borough:B": (120, 70)}.items():
        cells[f"{place}|sex=F"] = {"h": cell(n, count)}
    comparisons["school:1|sex=F"] = {"h": BESIDE}
    cells["school:1"]["h"] = cell(20, 10)
    found = elsewhere(cells, comparisons, BOROUGH)["school:1"]["h"]
    assert [each.dims for each in found] == [("sex", "year_group")]


@pytest.mark.parametrize(("met", "end"), [(1, 0.0), (11, 100.0)])
def test_an_interval_ends_where_shares_end_and_has_one_decimal(met: int, end: float) -> None:
    mix = "sex=F|year_group=8"
    cells = {
        "school:1": {"h": cell(20, 10)},
        f"school:1|{mix}": {"h": cell(20, 10)},
        f"borough:B|{mix}": {"h": cell(32, 10 + met)},
    }
    (found,) = elsewhere(cells, {f"school:1|{mix}": {"h": BESIDE}}, BOROUGH)["school:1"]["h"]
    assert end in (found.low, found.high)
    assert found.percent == round(100 * met / 12, 1)


@pytest.mark.parametrize("fault", ["no number", "no number in the borough", "no comparison"])
def test_a_mix_without_every_cell_gives_nothing(fault: str) -> None:
    cells, comparisons = town()
    mix = "sex=F|year_group=8"
    if fault == "no comparison":
        del comparisons[f"school:1|{mix}"]
    else:
        place = "school:1" if fault == "no number" else "borough:B"
        hidden = replace(cells[f"{place}|{mix}"]["h"], count=None, percent=None)
        cells[f"{place}|{mix}"] = {"h": hidden}
    assert elsewhere(cells, comparisons, BOROUGH) == {}


def test_a_mix_that_leaves_out_more_than_a_tenth_of_the_pupils_gives_nothing() -> None:
    cells, comparisons = town()
    cells["school:1"]["h"] = cell(55, 16)
    assert elsewhere(cells, comparisons, BOROUGH)
    cells["school:1"]["h"] = cell(56, 16)
    assert elsewhere(cells, comparisons, BOROUGH) == {}


def test_a_group_that_is_not_asked_has_no_part() -> None:
    cells, comparisons = town()
    cells["school:1|sex=F|year_group=10"] = {}
    (found,) = elsewhere(cells, comparisons, BOROUGH)["school:1"]["h"]
    assert found.percent == 48.0
    for group in list(cells):
        if "|" in group:
            cells[group] = {}
    assert elsewhere(cells, comparisons, BOROUGH) == {}


def test_the_census_from_pupils_rows() -> None:
    table, cube = released.pupils(), released.small_cube()
    table = table[table["sleep"] != 9]
    assert len(cube.elsewhere) == len(released.SCHOOLS)
    for group, row in cube.elsewhere.items():
        own = table[table["school"] == group.removeprefix("school:")]
        rest = table[table["school"] != group.removeprefix("school:")]
        for each in row["enough_sleep"]:
            there = rest.groupby(list(each.dims))["sleep"].mean()
            weights = own.groupby(list(each.dims)).size()
            assert each.n == len(own)
            assert each.percent == pytest.approx(
                100 * np.average(there.loc[weights.index], weights=weights), abs=0.05 + 1e-9
            )


def test_it_is_kept_with_the_schools_own_document() -> None:
    cube = released.small_cube()
    part = cube.part(Place("school", "100002"))
    assert list(part.elsewhere) == ["school:100002"]
    again = ReleasedCube.from_json(json.dumps(part.to_document()))
    assert again.elsewhere == part.elsewhere
    assert not cube.part(Place("ward", "W0")).elsewhere
    old = {key: value for key, value in part.to_document().items() if key != "elsewhere"}
    assert ReleasedCube.from_json(json.dumps(old)).elsewhere == {}
