"""Unknown demographics are lent by a pupil of the same school and year."""

import hmac

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.disclosure.remainder import fill_unknown
from tests.unit.reports.disclosure.town import three_tables, town

FILLED = ("year_group", "sex", "fsm", "sen", "sen_detail")


def with_gaps() -> pd.DataFrame:
    table = town(pupils=300)
    for offset, dim in enumerate(FILLED):
        table.loc[table.index[offset::37], dim] = None
    return table


def test_nothing_stays_unknown_and_the_rest_is_untouched():
    table = with_gaps()
    filled, counts = fill_unknown(table, FILLED, b"key")
    assert not filled[list(FILLED)].isna().any().any()
    assert counts == {dim: int(table[dim].isna().sum()) for dim in counts}
    known = table[list(FILLED)].notna()
    assert filled[list(FILLED)].where(known).equals(table[list(FILLED)].astype(object).where(known))
    assert filled["locality"].isna().equals(table["locality"].isna())


def test_order_of_rows_does_not_matter():
    table = with_gaps()
    one, _ = fill_unknown(table, FILLED, b"key")
    shuffled = table.sample(frac=1, random_state=3)
    other, _ = fill_unknown(shuffled, FILLED, b"key")
    assert list(other.index) == list(shuffled.index)
    assert other.sort_index().equals(one)


def test_another_key_chooses_other_donors():
    table = with_gaps()
    one, _ = fill_unknown(table, FILLED, b"key")
    other, _ = fill_unknown(table, FILLED, b"another key")
    assert not one[list(FILLED)].equals(other[list(FILLED)])


def test_a_late_pupil_seldom_changes_what_others_were_lent():
    table = with_gaps()
    one, _ = fill_unknown(table, FILLED, b"key")
    late = table.iloc[[0]].assign(person="late", sex="F", fsm="no", sen="none", sen_detail="none")
    other, _ = fill_unknown(pd.concat([table, late], ignore_index=True), FILLED, b"key")
    changed = (one[list(FILLED)] != other[list(FILLED)].iloc[:-1]).to_numpy().sum()
    assert changed <= 1


def test_both_forms_of_special_needs_agree():
    filled, _ = fill_unknown(with_gaps(), FILLED, b"key")
    assert ((filled["sen"] == "none") == (filled["sen_detail"] == "none")).all()


def test_donors_are_of_the_same_school_and_year_while_there_are_any():
    table = three_tables().assign(fsm="no")
    same = (table["school"] == "100000") & (table["year_group"] == "8")
    table.loc[same, "fsm"] = "yes"
    gap = table.index[same][0]
    table.loc[gap, "fsm"] = None
    assert fill_unknown(table, ["fsm"], b"key")[0].loc[gap, "fsm"] == "yes"
    table.loc[same, "fsm"] = None
    filled, counts = fill_unknown(table, ["fsm"], b"key")
    assert set(filled["fsm"]) == {"no"}
    assert counts == {"fsm": same.sum()}


def test_the_year_is_filled_first_so_that_the_rest_comes_from_the_same_year():
    table = town(pupils=300)
    table["fsm"] = table["year_group"].map({"8": "yes", "10": "no"})
    table.loc[table.index[::11], ["year_group", "fsm"]] = None
    filled, _ = fill_unknown(table, ("fsm", "year_group"), b"key")
    assert ((filled["fsm"] == "yes") == (filled["year_group"] == "8")).all()


def test_sex_recorded_otherwise_is_neither_filled_nor_lent():
    table = three_tables()
    table.loc[table.index[:-1], "sex"] = "X"
    table.loc[table.index[-2], "sex"] = None
    filled, counts = fill_unknown(table, ["sex"], b"key")
    assert counts == {"sex": 1}
    assert filled["sex"].iloc[-2] == "F"
    assert (filled["sex"].iloc[:-2] == "X").all()


@pytest.mark.parametrize("dim", ["fsm"])
def test_where_nobody_is_known_nothing_is_made_up(dim):
    filled, counts = fill_unknown(three_tables().assign(fsm=None), [dim], b"key")
    assert filled[dim].isna().all()
    assert counts == {dim: 0}


def pupils(**dims):
    return st.fixed_dictionaries({"school": st.sampled_from(["a", "b"]), **dims})


def lent_slowly(table, pupil, key):
    """The pupil's sen_detail, found by looking at everybody in turn."""
    known = [each for each in table if each["sen_detail"] is not None]
    if pupil["sen"] is not None:
        known = [each for each in known if each["sen"] == pupil["sen"]]
    same_school = [each for each in known if each["school"] == pupil["school"]]
    same_year = [each for each in same_school if each["year_group"] == pupil["year_group"]]
    for donors in (same_year, same_school, known):
        if donors:
            texts = {f"sen_detail\n{pupil['person']}\n{each['person']}": each for each in donors}
            marks = {hmac.digest(key, text.encode(), "sha256"): texts[text] for text in texts}
            return marks[max(marks)]["sen_detail"]
    return None


@given(
    st.lists(
        pupils(
            year_group=st.sampled_from(["8", "10"]),
            sen=st.sampled_from([None, "none", "any"]),
            sen_detail=st.sampled_from([None, "none", "support"]),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_the_donor_is_the_one_that_a_search_through_everybody_finds(found):
    table = [{**pupil, "person": f"p{number}"} for number, pupil in enumerate(found)]
    filled, _ = fill_unknown(pd.DataFrame(table), ["sen_detail"], b"key")
    for pupil, lent in zip(table, filled["sen_detail"], strict=True):
        expected = pupil["sen_detail"] or lent_slowly(table, pupil, b"key")
        assert (None if pd.isna(lent) else lent) == expected
