"""A wave beside the one before: from published cells alone, and never of one school in public."""

import json
from dataclasses import replace

import pytest
from scipy.stats import ttest_ind_from_stats

from reports.disclosure.lattice import Place
from reports.disclosure.released import Cell, HeadlineCell, ReleasedCube, ScoreCell
from reports.disclosure.rules import STANDARD
from reports.disclosure.since import Earlier, since
from reports.stats.adjust import benjamini_hochberg
from reports.stats.change import across_schools
from reports.stats.measures import Comparable
from reports.stats.proportions import difference, score_test, wilson
from reports.stats.verdicts import STANDARD as RULE
from tests import released

BOROUGH = Place("borough", "B")
WHOLE = "borough:B"
ALL = Comparable(frozenset({"h", "s"}), frozenset({"h", "s"}))


def cell(count: int, n: int) -> HeadlineCell:
    share = wilson(count, n)
    ends = (round(100 * float(end), 1) for end in (share.value, share.low, share.high))
    return HeadlineCell(n, count, *ends, "")


def score(n: int, mean: float, sd: float | None) -> ScoreCell:
    return ScoreCell(n, mean, sd, mean - 1, mean + 1)


def found(now: dict, then: dict, comparable: Comparable = ALL):
    return since(now, Earlier("wave-1", then, comparable), BOROUGH, STANDARD, RULE)


def schools(*counts: tuple[int, int], first: int = 1) -> dict[str, dict[str, Cell]]:
    return {f"school:{first + i}": {"h": cell(*each)} for i, each in enumerate(counts)}


def test_a_schools_shares_are_newcombes_difference() -> None:
    one = found(schools((80, 160)), schools((40, 150)))["school:1"]["h"]
    gap = difference(80, 160, 40, 150)
    assert (one.n, one.value, one.before_n, one.before) == (160, 50.0, 150, 26.7)
    assert one.difference == pytest.approx(100 * float(gap.value), abs=0.05)
    assert (one.low, one.high) == pytest.approx(
        (100 * float(gap.low), 100 * float(gap.high)), abs=0.05
    )
    assert one.p == pytest.approx(float(score_test(80, 160, 40, 150)), abs=5e-5)
    assert (one.verdict, one.schools) == ("higher", None)
    back = found(schools((40, 150)), schools((80, 160)))["school:1"]["h"]
    assert (back.verdict, back.difference, back.high) == ("lower", -one.difference, -one.low)


def test_a_schools_scores_are_welchs_test_of_the_published_means() -> None:
    now = {"school:1": {"s": score(150, 24.3, 4.8)}, WHOLE: {"s": score(900, 23.5, 5.0)}}
    then = {"school:1": {"s": score(140, 22.1, 5.2)}, WHOLE: {"s": score(800, 23.0, 5.4)}}
    one = found(now, then)["school:1"]["s"]
    slow = ttest_ind_from_stats(24.3, 4.8, 150, 22.1, 5.2, 140, equal_var=False)
    assert one.p == pytest.approx(slow.pvalue, abs=5e-4)
    assert one.difference == 2.2
    assert one.effect == pytest.approx(2.2 / 5.0, abs=0.01)  # on the borough's ruler of today
    assert one.verdict == "higher"


def test_what_a_mean_loses_by_rounding_widens_its_interval() -> None:
    # 100,000 answers with hardly any spread: rounding to a tenth is nearly all the error there is.
    now, then = score(100_000, 5.1, 0.1), score(100_000, 5.0, 0.1)
    one = found({"school:1": {"s": now}, WHOLE: {"s": now}}, {"school:1": {"s": then}})
    width = one["school:1"]["s"].high - one["school:1"]["s"].low
    assert width == pytest.approx(2 * 1.96 * (2 * 0.01 / 12) ** 0.5, abs=0.06)
    assert one["school:1"]["s"].verdict == "higher"


def test_a_small_groups_spread_is_the_boroughs() -> None:
    whole_now, whole_then = score(900, 23.5, 5.0), score(800, 23.0, 6.0)
    now = {"school:1": {"s": score(12, 24.0, None)}, WHOLE: {"s": whole_now}}
    then = {"school:1": {"s": score(14, 22.0, None)}, WHOLE: {"s": whole_then}}
    one = found(now, then)["school:1"]["s"]
    slow = ttest_ind_from_stats(24.0, 5.0, 12, 22.0, 6.0, 14, equal_var=False)
    assert one.p == pytest.approx(slow.pvalue, abs=5e-4)
    assert one.verdict is None  # fewer than thirty answers
    # Without a published spread of the borough there is nothing to borrow.
    assert "school:1" not in found({"school:1": now["school:1"]}, then)


def test_verdicts_allow_for_every_change_of_the_view() -> None:
    keys = [f"h{i}" for i in range(12)]
    counts = [(60 + 4 * i, 40) for i in range(12)]
    now = {"school:1": {k: cell(a, 150) for k, (a, _) in zip(keys, counts, strict=True)}}
    then = {"school:1": {k: cell(b + 20, 150) for k, (_, b) in zip(keys, counts, strict=True)}}
    every = Comparable(frozenset(keys), frozenset(keys))
    rows = found(now, then, every)["school:1"]
    p = [float(score_test(a, 150, b + 20, 150)) for a, b in counts]
    adjusted = benjamini_hochberg(p)
    assert [rows[k].p_adjusted for k in keys] == pytest.approx(list(adjusted), abs=5e-5)
    told = {k: rows[k].verdict for k in keys}
    assert told == {
        k: "higher" if q < 0.05 and a - b - 20 >= 7.5 else "same"
        for k, q, (a, b) in zip(keys, adjusted, counts, strict=True)
    }
    assert set(told.values()) == {"higher", "same"}


def test_only_a_number_in_both_waves_is_a_change() -> None:
    label = replace(cell(1, 100), count=None, percent=None, low=None, high=None, label="<5 %")
    for now, then in ((cell(40, 100), label), (label, cell(40, 100))):
        assert found({"school:1": {"h": now}}, {"school:1": {"h": then}}) == {}
    assert found(schools((40, 100)), {}) == {}
    assert found({"school:1": {"h": cell(40, 100)}}, {"school:1": {"h": score(9, 1, 1)}}) == {}


def test_what_may_not_be_compared_is_not() -> None:
    by_year = "school:1|year_group=8"
    now = {**schools((80, 160)), by_year: {"h": cell(40, 80)}}
    then = {**schools((40, 150)), by_year: {"h": cell(30, 80)}}
    assert found(now, then, Comparable(frozenset(), frozenset())) == {}
    # Other year groups were asked then: only the years that both were asked are compared.
    assert list(found(now, then, Comparable(frozenset({"h"}), frozenset()))) == [by_year]


COUNTS_NOW = [(50, 100), (60, 110), (45, 105), (70, 120)]
COUNTS_THEN = [(40, 100), (51, 110), (40, 100), (55, 115)]


def of_borough(now: dict, then: dict):
    return found({**now, WHOLE: {"h": cell(300, 600)}}, {**then, WHOLE: {"h": cell(250, 580)}})


def test_the_boroughs_change_is_that_of_the_schools_of_both_waves() -> None:
    one = of_borough(schools(*COUNTS_NOW), schools(*COUNTS_THEN))[WHOLE]["h"]
    n = [[b[1], a[1]] for a, b in zip(COUNTS_NOW, COUNTS_THEN, strict=True)]
    met = [[b[0], a[0]] for a, b in zip(COUNTS_NOW, COUNTS_THEN, strict=True)]
    slow = across_schools(n, met)
    assert (one.schools, one.n, one.before_n) == (4, 435, 425)
    assert one.value == pytest.approx(100 * 225 / 435, abs=0.05)
    assert one.before == pytest.approx(100 * 186 / 425, abs=0.05)
    assert one.difference == pytest.approx(100 * float(slow.difference.value), abs=0.05)
    assert (one.low, one.high) == pytest.approx(
        (100 * float(slow.difference.low), 100 * float(slow.difference.high)), abs=0.05
    )
    assert one.p == pytest.approx(slow.p, abs=5e-5)


@pytest.mark.parametrize(("new", "gone", "told"), [(0, 0, True), (3, 0, True), (0, 3, True)])
@pytest.mark.parametrize("fewer", [0, 1, 2])
def test_no_public_change_gives_one_or_two_schools_away(
    new: int, gone: int, told: bool, fewer: int
) -> None:
    """The borough's figure less that of the schools of both waves is the other schools'."""
    now = {**schools(*COUNTS_NOW), **schools(*[(50, 100)] * (new - fewer), first=20)}
    then = {**schools(*COUNTS_THEN), **schools(*[(50, 100)] * (gone - fewer), first=40)}
    expected = told and (fewer == 0 or max(new, gone) == 0)
    assert (WHOLE in of_borough(now, then)) == expected


def test_two_schools_are_too_few_for_a_change_of_the_borough() -> None:
    assert WHOLE not in of_borough(schools(*COUNTS_NOW[:2]), schools(*COUNTS_THEN[:2]))
    assert WHOLE in of_borough(schools(*COUNTS_NOW[:3]), schools(*COUNTS_THEN[:3]))


def test_a_group_of_the_borough_counts_the_schools_that_publish_it() -> None:
    girls = "|sex=F"
    now = {f"{k}{girls}": v for k, v in schools(*COUNTS_NOW).items()} | schools(*COUNTS_NOW)
    then = {f"{k}{girls}": v for k, v in schools(*COUNTS_THEN).items()} | schools(*COUNTS_THEN)
    now[WHOLE + girls] = then[WHOLE + girls] = {"h": cell(300, 600)}
    assert found(now, then)[WHOLE + girls]["h"].schools == 4
    del then[f"school:1{girls}"]  # its girls are not told: the borough's less the others' would be
    assert WHOLE + girls not in found(now, then)


def test_localities_and_wards_are_not_tested() -> None:
    for kind in ("locality", "ward"):
        row = {f"{kind}:1": {"h": cell(50, 100)}}
        assert found(row, row) == {}


def test_the_census_from_pupils_rows() -> None:
    now, then = released.small_cube(), released.small_cube(released.THEN)
    one = found_in_full(now, then)
    row = one["school:100001"]["enough_sleep"]
    for cube, seed, n, value in (
        (now, released.NOW, row.n, row.value),
        (then, released.THEN, row.before_n, row.before),
    ):
        table = released.pupils(seed)
        own = table[(table["school"] == "100001") & (table["sleep"] != 9)]
        assert (len(own), round(100 * own["sleep"].mean(), 1)) == (n, value)
        assert cube.cells["school:100001"]["enough_sleep"].percent == value
    assert one["borough:E09000099"]["enough_sleep"].schools == 5
    mood = one["borough:E09000099"]["mood"]
    assert mood.difference == pytest.approx(mood.value - mood.before, abs=0.101)
    assert str(mood.difference) != "-0.0"


def found_in_full(now: ReleasedCube, then: ReleasedCube):
    keys = frozenset(key for row in now.cells.values() for key in row)
    earlier = Earlier("before", then.cells, Comparable(keys, keys))
    return since(now.cells, earlier, Place("borough", released.BOROUGH), STANDARD, RULE)


def test_it_is_kept_with_the_places_own_document() -> None:
    now, then = released.small_cube(), released.small_cube(released.THEN)
    cube = replace(
        now, earlier="before", since=found_in_full(now, then), apart={"mood": "Put differently."}
    )
    part = cube.part(Place("school", "100002"))
    assert {name.split("|")[0] for name in part.since} == {"school:100002", "borough:E09000099"}
    again = ReleasedCube.from_json(json.dumps(part.to_document()))
    assert again.since == part.since
    assert (again.earlier, again.apart) == ("before", {"mood": "Put differently."})
    assert not {"since", "earlier", "apart"} & now.to_document().keys()
