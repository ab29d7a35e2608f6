"""Bounds by linear program against every table there is, one after the other."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from scipy.optimize import Bounds, milp

from reports.disclosure.attack import bounds
from reports.disclosure.attack.bounds import (
    Contradiction,
    Tables,
    said_once,
    settle,
    unexplained,
)
from reports.disclosure.attack.figures import Figures, Statement, counts, of_answers, of_points
from reports.disclosure.attack.subtraction import Sums


def small_census(seed: int, kind: str) -> tuple[Tables, np.ndarray]:
    """Four kinds of pupils, three groups, and what a true table says of them, rounded."""
    dice = np.random.default_rng(seed)
    sizes = dice.integers(1, 4, 4).astype(float)
    rows = np.array([[1, 1, 0], [1, 0, 1], [1, 1, 1], [1, 0, 0]], dtype=bool)
    valid = np.array([dice.integers(0, n + 1) for n in sizes])
    met = np.array([dice.integers(0, n + 1) for n in valid])
    if kind == "points":
        quantities, true = of_points(1.0, (1, 0)), np.column_stack([met, valid])
    else:
        quantities = of_answers((0, 1, -1))
        true = np.column_stack([met, valid - met, sizes - valid])
    names = ["all", "a", "b"]
    statements = [
        Statement(((name, quantity, 1.0),), low, low + dice.integers(0, 2))
        for name, column in zip(names, rows.T, strict=True)
        for quantity, low in enumerate(column @ true)
    ]
    figures = Figures(quantities, dict.fromkeys(names, 0), tuple(statements), (True, False), None)
    return Tables(figures, rows, sizes, np.ones(4, dtype=bool)), true


@pytest.mark.parametrize("kind", ["points", "answers"])
@pytest.mark.parametrize("seed", range(4))
def test_no_table_lies_outside_the_bounds_and_integer_programs_reach_the_ends(seed, kind):
    tables, true = small_census(seed, kind)
    everything = every_table(tables)
    assert any((each == true).all() for each in everything)
    for row in np.eye(4):
        for answer in tables.figures.quantities.answers:
            seen = everything @ answer @ row
            low, high = (tables.end(row, answer, sign)[0] for sign in (1, -1))
            assert low <= seen.min() + 1e-6
            assert high >= seen.max() - 1e-6
            assert whole_end(tables, row, answer, 1) == pytest.approx(seen.min())
            assert whole_end(tables, row, answer, -1) == pytest.approx(seen.max())


def test_what_is_said_several_times_is_said_once_with_the_narrowest_ends():
    own, whole = ("a", 0, 1.0), ("all", 0, 1.0)
    known = [Statement((own,), 4, 4), Statement((whole,), 9, 9)]
    rest = ((whole), ("a", 0, -1.0))
    loose = [Statement((own,), 3, 6), Statement(rest, 4.6, 5.4), Statement((("b", 0, 1.0),), 1, 7)]
    again = [Statement((("b", 0, 1.0),), 2, 8)]
    assert said_once([*known, *loose, *again]) == [*known, Statement((("b", 0, 1.0),), 2, 7)]
    # What contradicts the exact numbers stays, and so does what is not of exact numbers alone.
    for kept in (Statement(rest, 5.5, 6), Statement((own, ("b", 0, 1.0)), 0, 9)):
        assert kept in said_once([*known, kept])


@pytest.mark.parametrize("seed", range(4))
def test_bounds_are_the_same_as_from_everything_that_is_said(seed, monkeypatch):
    short, _ = small_census(seed, "answers")
    total = (("all", 0, 1.0), ("a", 0, 1.0))
    exact = [each for each in short.figures.statements if each.terms[0][1] == 0]
    sums = [Statement(total, *np.sum([[e.low, e.high] for e in exact[:2]], axis=0).tolist())]
    said = replace(short.figures, statements=(*short.figures.statements, *exact, *sums))
    given = (short.rows, short.sizes, short.asked)
    once = Tables(said, *given)
    monkeypatch.setattr(bounds, "said_once", list)
    twice = Tables(said, *given)
    assert len(once.statements) < len(twice.statements)
    for row, answer in product(np.eye(4), said.quantities.answers):
        for sign in (1, -1):
            assert once.end(row, answer, sign)[0] == pytest.approx(twice.end(row, answer, sign)[0])


def every_table(tables: Tables) -> np.ndarray:
    """The slow twin: all whole-numbered tables (T, P, Q) that agree with what is published."""
    choices = []
    for top in tables.top:
        options = product(*(range(int(each) + 1) for each in top))
        # Points are a part of those with an answer; of answers everybody gave one, or none.
        fits = (lambda m, v: m <= v) if len(top) == 2 else (lambda *n, all_=top[0]: sum(n) == all_)
        choices.append([each for each in options if fits(*each)])
    rest = tables.constraints[1]
    found = []
    for rows in product(*choices):
        table = np.array(rows, dtype=float)
        sums = rest.A @ table.ravel()
        if (sums >= rest.lb - 1e-9).all() and (sums <= rest.ub + 1e-9).all():
            found.append(table)
    return np.array(found)


def whole_end(tables: Tables, row: np.ndarray, answer: np.ndarray, sign: int) -> float:
    cost = sign * np.outer(row, answer).ravel()
    limits = Bounds(0, tables.top.ravel())
    solved = milp(
        cost, constraints=tables.constraints, bounds=limits, integrality=np.ones(len(cost))
    )
    return sign * solved.fun


def of_one_answer(rows, sizes, statements, rare=True):
    """Tables of a yes/no question that everybody answered."""
    names = [f"g{number}" for number in range(rows.shape[1])]
    everybody = [
        Statement(((name, 1, 1.0),), n, n) for name, n in zip(names, sizes @ rows, strict=True)
    ]
    said = [Statement(((names[g], 0, 1.0),), low, high) for g, low, high in statements]
    figures = Figures(
        of_points(1.0, (1, 0)),
        dict.fromkeys(names, 0),
        (*everybody, *said),
        (rare, False),
        None,
    )
    return Tables(
        figures, rows.astype(bool), np.array(sizes, dtype=float), np.ones(len(sizes), bool)
    )


# Thirty pupils, of whom three are in both groups of thirteen and seven in neither.
CROSSED = np.array([[1, 1, 1], [1, 1, 0], [1, 0, 1], [1, 0, 0]])
SIZES = np.array([3, 10, 10, 7])


def found(tables, m=10):
    groups = np.diag(1.0 * (tables.sizes < m))[tables.sizes < m]
    settled = settle(tables, groups, "seed")
    crowds = [column.astype(float) for column in tables.rows.T]
    return settled, list(unexplained(tables, settled.suspects, crowds))


def test_noughts_in_two_groups_point_at_those_who_are_in_neither():
    tables = of_one_answer(CROSSED, SIZES, [(0, 5, 5), (1, 0, 0), (2, 0, 0)])
    _, beyond = found(tables)
    assert [(b.pupils, round(b.low), round(b.high)) for b in beyond][:1] == [(7, 5, 5)]


def test_that_some_of_a_few_gave_a_rare_answer_is_enough():
    statements = [(0, 5, 8), (1, 0, 0), (2, 0, 0)]
    (bound, *_) = found(of_one_answer(CROSSED, SIZES, statements))[1]
    assert (bound.pupils, round(bound.low), round(bound.high)) == (7, 5, 7)
    assert found(of_one_answer(CROSSED, SIZES, statements, rare=False))[1] == []


def test_labels_instead_of_noughts_leave_it_open_whether_anybody_did():
    tables = of_one_answer(CROSSED, SIZES, [(0, 3, 3), (1, 0, 2), (2, 0, 2)])
    settled, beyond = found(tables)
    assert settled.unsettled == 0
    assert beyond == []


def test_a_common_answer_may_be_known_of_somebody_but_not_to_the_pupil():
    open_ = of_one_answer(CROSSED, SIZES, [(0, 8, 8), (1, 0, 2), (2, 0, 2)], rare=False)
    assert found(open_)[1] == []
    told = of_one_answer(CROSSED, SIZES, [(0, 8, 8), (1, 4, 4), (2, 0, 0)], rare=False)
    assert [(b.pupils, b.answer, round(b.low)) for b in found(told)[1]][:1] == [(7, 0, 4)]


def test_a_crowd_that_answered_alike_is_outside_of_the_promise():
    tables = of_one_answer(CROSSED, SIZES, [(0, 22, 22), (1, 13, 13), (2, 6, 6)])
    settled, beyond = found(tables)
    assert any(bound.low > 2.5 for bound in settled.suspects)  # all three are known to have
    assert all(bound.pupils != 3 for bound in beyond)


def test_numbers_that_no_table_agrees_with_are_told():
    tables = of_one_answer(CROSSED, SIZES, [(0, 2, 2), (1, 9, 9)])
    with pytest.raises(Contradiction):
        tables.end(np.ones(4), np.array([1.0, 0.0]), 1)


@pytest.mark.parametrize("n", [10, 41, 200, 2287, 5000])
def test_a_rounded_share_allows_the_truth_and_hardly_more(n):
    for count in range(3, n - 2):
        low, high = counts(round(100 * count / n, 1), "", n, 3)
        assert low <= count <= high
        assert high - low <= n / 1000 + 1
        assert low >= 3
    assert counts(None, "<5 %", n, 3) == (0, 2)
    assert counts(None, ">95 %", n, 3) == counts(None, "all but fewer than 3", n, 3) == (n - 2, n)


def test_few_answers_are_found_by_taking_one_group_from_another():
    sums = Sums(
        ("all", "some"),
        np.array([[1, 1], [1, 0]], dtype=np.int8),
        np.eye(2, dtype=np.int8),
    )
    sizes = np.array([30.0, 12.0])
    assert [n for _, n, _ in sums.few(np.array([38.0, 29.0]), sizes, 10)] == [9]
    assert list(sums.few(np.array([39.0, 29.0]), sizes, 10)) == []
