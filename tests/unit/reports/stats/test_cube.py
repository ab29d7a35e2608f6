"""The fast count against a slow, obvious one."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.stats.cube import MOST, STEPS, RawCube, Tally, add, count

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


def as_bytes(found: RawCube) -> list[bytes]:
    """Everything in a cube to the last bit."""
    tables = [*found.counts.values(), *found.moments.values(), *found.headlines.values()]
    return [found.profiles.to_json().encode(), *(table.tobytes() for table in tables)]


def part_pupil():
    """As `pupil`, with scores that no binary fraction holds: thirds, prorated sums, conversions."""
    scores = st.one_of(st.none(), st.integers(0, 700), st.floats(0, 100), st.just(19.98))
    return pupil().flatmap(lambda each: scores.map(lambda score: {**each, "score": score}))


@given(st.lists(part_pupil(), min_size=1, max_size=40), st.randoms(use_true_random=False))
def test_any_cut_and_any_order_give_the_same_cube_to_the_last_bit(pupils, chance):
    table = frame(pupils)
    whole = as_bytes(cube(pupils))
    order = chance.sample(range(len(pupils)), len(pupils))
    tally = Tally(table.iloc[chance.sample(order, len(order))], DIMS, CODES, ["score"], ["flag"])
    while order:
        cut = chance.randint(1, len(order))
        tally.add(table.iloc[order[:cut]])
        order = order[cut:]
    assert as_bytes(tally.cube()) == whole


@given(st.lists(part_pupil(), min_size=1, max_size=40))
def test_sums_of_groups_owe_nothing_to_the_order_in_which_they_are_added(pupils):
    moments = cube(pupils).moments["score"]
    assert moments.sum(axis=0).tobytes() == moments[::-1].cumsum(axis=0)[-1].tobytes()


@given(st.lists(st.floats(0, 100), min_size=1, max_size=60))
def test_what_is_rounded_away_of_a_score_is_far_below_what_is_shown(scores):
    pupils = [{"school": "a", "sex": "F", "q": 1, "score": s, "flag": 1.0} for s in scores]
    n, total, squares = cube(pupils).moments["score"][0]
    assert n == len(scores)
    assert total / n == pytest.approx(np.mean(scores), abs=2**-23)
    assert squares / n == pytest.approx(np.mean(np.square(scores)), abs=2**-17 + 1e-9)


def test_whole_numbers_stay_what_they_are_however_large():
    pupils = [{"school": "a", "sex": "F", "q": 1, "score": 20_000_001, "flag": 1.0}] * 3
    assert cube(pupils).moments["score"].tolist() == [[3, 60_000_003, 3 * 20_000_001**2]]


@pytest.mark.parametrize("score", [2**26, 400_000.5])
def test_sums_that_could_not_be_exact_are_refused(score):
    pupils = [{"school": "a", "sex": "F", "q": 1, "score": score, "flag": 1.0}] * 3
    with pytest.raises(ValueError, match="sums of score are too large"):
        cube(pupils)


def test_squares_may_be_as_large_as_their_own_step_allows():
    (moments,) = cube(
        frame([{"school": "a", "sex": "F", "q": 1, "score": 300_000.5, "flag": 1.0}])
    ).moments["score"]
    assert moments.tolist() == [1.0, 300_000.5, 300_000.5**2]


def test_a_country_of_pupils_fits():
    _, score, square = STEPS
    assert MOST * score > 3_500_000 * 190
    assert MOST * square > 3_500_000 * 190**2


def some_pupils() -> pd.DataFrame:
    each = [{"school": s, "sex": "F", "q": 1, "score": 3, "flag": 1.0} for s in "ab"]
    return frame(each)


@pytest.mark.parametrize("parts", [[], [0], [0, 0], [0, 1, 1]])
def test_pupils_left_out_or_counted_twice_are_noticed(parts):
    table = some_pupils()
    tally = Tally(table, DIMS, CODES)
    for number in parts:
        tally.add(table.iloc[[number]])
    with pytest.raises(ValueError, match="not the pupils that were announced"):
        tally.cube()


def test_a_pupil_who_was_not_announced_is_refused():
    table = some_pupils()
    with pytest.raises(KeyError):
        Tally(table, DIMS, CODES).add(table.set_axis([7, 8]))


def test_a_profile_of_more_pupils_than_one_byte_counts():
    each = {"school": "a", "sex": "F", "q": 5, "score": 3, "flag": 1.0}
    one = cube([each] * 200)
    assert one.counts["q"].dtype == np.uint8
    two = add(one, one)
    assert two.counts["q"].tolist() == [[0, 0, 400, 0, 0, 0]]
    assert as_bytes(two) == as_bytes(cube([each] * 400))


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
