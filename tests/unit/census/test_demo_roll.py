"""The made-up roll: read without a problem by the reader that councils' files go through."""

from collections import Counter

import numpy as np
import pandas as pd
import pytest
from stdnum.gb import upn

from census.demo.borough import make_borough
from census.demo.roll import make_roll, make_schools, people, roll_csv, schools_csv
from census.demo.size import FULL, SEED, Size
from census.demo.turnout import ANSWERING, COUNTED, Fate, make_turnout
from schools.roll import RollContext, read_roll

BOROUGH = make_borough(SEED)
SCHOOLS = make_schools(BOROUGH, FULL, SEED)


@pytest.fixture(scope="module")
def roll() -> pd.DataFrame:
    return make_roll(BOROUGH, SCHOOLS, FULL, SEED)


@pytest.fixture(scope="module")
def who(roll: pd.DataFrame) -> pd.DataFrame:
    return people(roll, BOROUGH)


@pytest.fixture(scope="module")
def fates(who: pd.DataFrame) -> np.ndarray:
    return make_turnout(who, SCHOOLS, FULL, SEED)


def test_ten_of_eighteen_schools_take_part(roll: pd.DataFrame) -> None:
    taking_part = {school.urn for school in SCHOOLS if school.takes_part}
    assert (len(SCHOOLS), len(taking_part)) == (18, 10)
    assert len(roll) == 6350
    assert roll["URN"].isin(taking_part).sum() == 2760
    assert set(roll["NCyearActual"]) == {"8", "10"}
    assert len(schools_csv(SCHOOLS).splitlines()) == 19


def test_every_pupil_number_is_valid_and_stands_once(roll: pd.DataFrame) -> None:
    assert all(upn.is_valid(number) for number in roll["UPN"])
    assert roll["UPN"].is_unique
    former = roll.loc[roll["FormerUPN"] != "", "FormerUPN"]
    assert len(former) == 6
    assert all(upn.is_valid(number) for number in former)
    assert sum(number[-1].isalpha() for number in roll["UPN"]) == 4


def test_the_file_is_read_without_a_problem(roll: pd.DataFrame) -> None:
    context = RollContext(
        schools={school.urn: school.estab for school in SCHOOLS},
        areas=frozenset(ward.code for ward in BOROUGH.wards),
        link_key=b"1" * 32,
    )
    reading = read_roll(roll_csv(roll), context=context, name="roll.csv")
    assert reading.problems == ()
    assert len(reading.rows) == len(roll)
    assert len({row.pseudonym for row in reading.rows}) == len(roll)
    assert {row.fsm_kind for row in reading.rows} == {"ever6", ""}
    assert 100 < sum(row.outside for row in reading.rows) < 300
    assert {row.sen for row in reading.rows} == {"none", "support", "plan", ""}


def test_the_words_of_the_released_figures(roll: pd.DataFrame, who: pd.DataFrame) -> None:
    assert set(who["sex"]) == {"F", "M"}
    assert set(who["fsm"]) == {"yes", "no", None}
    assert set(who["sen"]) == {"none", "any", None}
    outside = who["ward"].isna()
    assert (who["locality"].isna() == outside).all()
    assert set(roll.loc[outside, "Ward"]) == {"", "E05970001"}


def test_exactly_as_many_count_as_asked_for(who: pd.DataFrame, fates: np.ndarray) -> None:
    counts = Counter(fates.tolist())
    assert sum(counts[fate] for fate in COUNTED) == 2287
    assert counts[Fate.NOT_ASKED] == 6350 - 2760
    assert all(counts[fate] > 0 for fate in Fate)
    taking_part = {school.urn for school in SCHOOLS if school.takes_part}
    assert set(who.loc[np.isin(fates, ANSWERING), "school"]) == taking_part


def test_absence_is_likelier_with_sen(who: pd.DataFrame, fates: np.ndarray) -> None:
    asked = fates != Fate.NOT_ASKED
    absent = pd.Series(fates == Fate.ABSENT)[asked].groupby(who["sen"][asked]).mean()
    assert absent["any"] > absent["none"]


def test_the_same_seed_gives_the_same_roll(roll: pd.DataFrame) -> None:
    assert roll_csv(make_roll(BOROUGH, SCHOOLS, FULL, SEED)) == roll_csv(roll)
    other = make_roll(BOROUGH, make_schools(BOROUGH, FULL, 5), FULL, 5)
    assert roll_csv(other) != roll_csv(roll)


def test_more_cannot_take_part_than_there_are() -> None:
    with pytest.raises(ValueError, match="Fewer"):
        Size(schools=3, all_schools=2, on_their_rolls=10, pupils=20, linked=5)
    narrow = Size(schools=10, all_schools=18, on_their_rolls=2760, pupils=6350, linked=2750)
    roll = make_roll(BOROUGH, SCHOOLS, narrow, SEED)
    with pytest.raises(ValueError, match="too short"):
        make_turnout(people(roll, BOROUGH), SCHOOLS, narrow, SEED)
