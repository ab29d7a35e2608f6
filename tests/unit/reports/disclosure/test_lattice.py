"""The closed list of breakdowns."""

import numpy as np
import pandas as pd
import pytest

from reports.disclosure.lattice import (
    Breakdown,
    Group,
    Place,
    candidates,
    group_id,
    membership,
    parse_group,
    parts,
)
from reports.disclosure.rules import STANDARD
from tests.unit.reports.disclosure.town import profiles, three_tables, town

SCHOOL = Place("school", "100000")


def reasons(table: pd.DataFrame) -> dict[str, str]:
    return {b.id: reason for b, reason in candidates(profiles(table), STANDARD, "B").refused}


def offered(table: pd.DataFrame) -> set[str]:
    return {b.id for b in candidates(profiles(table), STANDARD, "B").offered}


def test_group_id_and_back():
    group = Group(SCHOOL, (("sex", "F"), ("year_group", "8")))
    assert group_id(group) == "school:100000|sex=F|year_group=8"
    assert parse_group(group_id(group)) == group
    assert group.breakdown.id == "school:100000|sex|year_group"


@pytest.mark.parametrize("text", ["", "school", "school:1|sex", "school:1|sex=F=M"])
def test_nonsense_is_no_group_id(text):
    with pytest.raises(ValueError, match="not a group id"):
        parse_group(text)


def test_membership_is_that_of_a_plain_filter():
    table = profiles(town())
    group = Group(Place("ward", "W1"), (("fsm", "yes"),))
    expected = (table["ward"] == "W1") & (table["fsm"] == "yes")
    assert np.array_equal(membership(table, [group])[:, 0], expected)
    assert expected.any()


def test_wards_are_not_crossed_and_everything_else_is():
    found = offered(town(pupils=4000))
    assert {"school:100000|fsm|year_group", "borough:B|sex|year_group"} <= found
    assert {"ward:W1", "ward:W1|sex"} <= found
    assert not any(each.startswith("ward:") and each.count("|") > 1 for each in found)


def test_every_part_of_an_offer_is_large_enough():
    table = profiles(town(pupils=500))
    for each in candidates(table, STANDARD, "B").offered:
        member = membership(table, parts(table, each, STANDARD))
        assert (table["n"].to_numpy() @ member).min() >= STANDARD.k


def test_nine_of_a_kind_are_too_few_and_ten_are_enough():
    table = town(pupils=400).assign(fsm="no")
    first = table.index[table["school"] == "100000"]
    table.loc[first[:9], "fsm"] = "yes"
    assert "school:100000|fsm" in reasons(table)
    table.loc[first[9], "fsm"] = "yes"
    assert "school:100000|fsm" in offered(table)


def test_small_special_needs_groups_are_put_together():
    table = town(pupils=600).assign(sen="none", sen_detail="none")
    first = table.index[table["school"] == "100000"][:12]
    table.loc[first, "sen"] = "any"
    table.loc[first, "sen_detail"] = ["plan"] * 4 + ["support"] * 8
    found = offered(table)
    assert "school:100000|sen" in found
    assert "school:100000|sen_detail" not in found
    # The borough has both forms, so that the school's coarse groups have something beside them.
    assert offered(town(pupils=600)) >= {"borough:B|sen", "borough:B|sen_detail"}


def test_sex_recorded_otherwise_is_never_a_part():
    table = town()
    table.loc[table.index[:40], "sex"] = "X"
    groups = parts(profiles(table), Breakdown(Place("borough", "B"), ("sex",)), STANDARD)
    assert [dict(group.values)["sex"] for group in groups] == ["F", "M"]


def test_an_area_of_two_schools_is_not_shown():
    table = three_tables()
    table.loc[table["ward"] == "W1", "school"] = ["100000", "100001"] * 39 + ["100000"]
    assert "pupils of fewer than 3 schools" in reasons(table)["ward:W1"]
    assert "ward:W2" in offered(table)


def test_an_area_that_is_nearly_one_school_is_not_shown():
    table = three_tables()
    table.loc[table["ward"] == "W1", "school"] = ["100000"] * 69 + ["100001"] * 5 + ["100002"] * 5
    assert "more than 80%" in reasons(table)["ward:W1"]


@pytest.mark.parametrize(("outside", "shown"), [(0, True), (9, False), (10, True)])
def test_a_few_pupils_from_outside_keep_the_localities_back(outside, shown):
    table = town(pupils=600, wards=4)
    table["locality"] = table["locality"].fillna("L0")
    table.loc[table.index[:outside], ["locality", "ward"]] = None
    assert ("locality:L0" in offered(table)) is shown
