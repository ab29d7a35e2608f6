"""Every outcome of linkage, decided the same way whatever the order."""

import itertools

import pytest

from surveys.linkage import (
    DUPLICATE,
    LINKED,
    NOT_ON_ROLL,
    OPTED_OUT,
    WITHDRAWN,
    Candidate,
    counted,
    match,
)


def candidate(response: str = "r", pseudonym: str | None = "p", **facts: object) -> Candidate:
    known = {"on_roll": True, "opted_out": False, "withdrawn": False}
    known |= {"finished": True, "full": True, "pages": 5}  # type: ignore[dict-item]
    return Candidate(response=response, pseudonym=pseudonym, **(known | facts))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        ({}, LINKED),
        ({"finished": False}, LINKED),
        ({"opted_out": True}, OPTED_OUT),
        ({"withdrawn": True}, WITHDRAWN),
        ({"on_roll": False}, NOT_ON_ROLL),
        ({"pseudonym": None}, NOT_ON_ROLL),
        # A withdrawal stands above everything: there are no answers any more.
        ({"withdrawn": True, "opted_out": True, "on_roll": False}, WITHDRAWN),
        ({"opted_out": True, "on_roll": False}, NOT_ON_ROLL),
    ],
)
def test_outcomes(facts: dict[str, object], outcome: str) -> None:
    assert match([candidate(**facts)]) == {"r": outcome}  # type: ignore[arg-type]


def test_of_two_responses_the_finished_one_counts() -> None:
    rivals = [
        candidate("a", finished=False, pages=9),
        candidate("b", finished=True, pages=2),
        candidate("c", finished=True, pages=1),
    ]
    for order in itertools.permutations(rivals):
        assert match(order) == {"a": DUPLICATE, "b": LINKED, "c": DUPLICATE}


@pytest.mark.parametrize(
    ("full", "short", "linked"),
    [
        ({}, {"pages": 30}, "a full one"),
        ({"finished": False}, {"finished": False, "pages": 30}, "a full one"),
        ({"finished": False, "pages": 30}, {"pages": 3}, "b short one"),
    ],
)
def test_the_whole_questionnaire_counts_before_the_short_version(
    full: dict[str, object], short: dict[str, object], linked: str
) -> None:
    # By its identifier the short one would win a draw.
    rivals = [candidate("a full one", **full), candidate("b short one", full=False, **short)]
    for order in itertools.permutations(rivals):
        assert match(order)[linked] == LINKED


def test_equal_rivals_are_settled_the_same_every_time() -> None:
    rivals = [candidate(name) for name in "abc"]
    for order in itertools.permutations(rivals):
        assert match(order) == {"a": DUPLICATE, "b": DUPLICATE, "c": LINKED}


def test_a_deleted_response_is_no_rival() -> None:
    rivals = [candidate("a", withdrawn=True), candidate("b", finished=False, pages=1)]
    assert match(rivals) == {"a": WITHDRAWN, "b": LINKED}


def test_all_outcomes_are_named_in_the_counts() -> None:
    assert counted(match([candidate()])) == {
        LINKED: 1,
        OPTED_OUT: 0,
        WITHDRAWN: 0,
        NOT_ON_ROLL: 0,
        DUPLICATE: 0,
    }
