"""Unknown demographics are lent by a pupil of the same school and year."""

import pandas as pd
import pytest

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
