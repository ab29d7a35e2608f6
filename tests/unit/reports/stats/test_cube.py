"""The fast count against a slow, obvious one."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.stats.cube import RawCube, add, count

DIMS = ("school", "sex")
CODES = {"q": (0, 1, 5)}


def pupil():
    return st.fixed_dictionaries(
        {
            "school": st.sampled_from(["a", "b", "c"]),
            "sex": st.sampled_from(["F", "M", None]),
            "q": st.sampled_from([0, 1, 5, -1, -2, -3]),
            "score": st.one_of(st.none(), st.integers(0, 40)),
            "flag": st.sampled_from([None, 0.0, 1.0]),
        }
    )


def frame(pupils) -> pd.DataFrame:
    table = pd.DataFrame(pupils, columns=["school", "sex", "q", "score", "flag"])
    return table.astype({"q": np.int16, "score": float, "flag": float})


def cube(pupils) -> RawCube:
    return count(frame(pupils), DIMS, CODES, ["score"], ["flag"])


def as_dict(found: RawCube) -> dict:
    """Everything in a cube by profile, for comparison."""
    return {
        tuple(row): (
            int(found.profiles["n"][i]),
            dict(zip(found.codes["q"], found.counts["q"][i].tolist(), strict=True)),
            found.moments["score"][i].tolist(),
            found.headlines["flag"][i].tolist(),
        )
        for i, row in enumerate(found.profiles[list(DIMS)].itertuples(index=False))
    }


def slowly(pupils) -> dict:
    """The same by looping over pupils."""
    found: dict = {}
    for each in pupils:
        n, answers, moments, flags = found.setdefault(
            (each["school"], each["sex"]),
            (0, dict.fromkeys((0, 1, 5, -1, -2, -3), 0), [0] * 3, [0] * 2),
        )
        answers[each["q"]] += 1
        if each["score"] is not None:
            for power in range(3):
                moments[power] += each["score"] ** power
        if each["flag"] is not None:
            flags[0] += 1
            flags[1] += int(each["flag"])
        found[each["school"], each["sex"]] = (n + 1, answers, moments, flags)
    return found


@given(st.lists(pupil(), min_size=1, max_size=30))
def test_count_is_that_of_a_loop_over_pupils(pupils):
    assert as_dict(cube(pupils)) == slowly(pupils)


@given(st.lists(pupil(), min_size=1, max_size=20), st.lists(pupil(), min_size=1, max_size=20))
def test_parts_add_up_exactly_to_the_whole(some, others):
    together = add(cube(some), cube(others))
    whole = cube(some + others)
    assert as_dict(together) == as_dict(whole)
    assert together.profiles.equals(whole.profiles)


def test_order_of_pupils_does_not_matter():
    pupils = [{"school": s, "sex": x, "q": 1, "score": 3, "flag": 1.0} for s in "abc" for x in "FM"]
    assert cube(pupils).profiles.equals(cube(pupils[::-1]).profiles)


@pytest.mark.parametrize("code", [-4, 2, 6, 99])
def test_an_undeclared_code_is_refused(code):
    table = frame([{"school": "a", "sex": "F", "q": code, "score": 1, "flag": 1.0}])
    with pytest.raises(ValueError, match=rf"q holds undeclared codes: \[{code}\]"):
        count(table, DIMS, CODES)


def test_cubes_of_different_measures_do_not_add():
    table = frame([{"school": "a", "sex": "F", "q": 1, "score": 1, "flag": 1.0}])
    with pytest.raises(ValueError, match="same scores"):
        add(count(table, DIMS, CODES), count(table, DIMS, CODES, ["score"]))
