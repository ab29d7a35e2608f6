"""The judge of every fault test: it finds what is planted, and nothing where all is well."""

import pytest

from tests.faults.ledger import Findings, Ledger, Save, StoredResponse, compare

FIRST, SECOND = Save("p01", 1, {"n": 5}), Save("p01", 4, {"n": 6})
OTHER = Save("p02", 2, {"n": 7})


def found(ledger: Ledger, *stored: StoredResponse) -> dict[str, int]:
    findings = compare({"A": ledger}, {"A": stored})
    return {kind: len(lines) for kind, lines in vars(findings).items() if lines}


def started(*pages: Save) -> StoredResponse:
    return StoredResponse("started", pages)


def told(*acknowledged: Save, sent: tuple[Save, ...] = (), ended: str = "") -> Ledger:
    return Ledger([*acknowledged, *sent], list(acknowledged), ended)


@pytest.mark.parametrize(
    ("ledger", "stored"),
    [
        (told(FIRST, OTHER), [started(FIRST, OTHER)]),
        (told(FIRST, SECOND), [started(SECOND)]),
        (told(SECOND, FIRST), [started(SECOND)]),  # the late answer to an early request
        (told(FIRST, sent=(SECOND,)), [started(SECOND)]),  # its acknowledgement was lost
        (told(FIRST, sent=(SECOND,)), [started(FIRST)]),  # the request was lost
        (told(sent=(FIRST,)), []),
        (told(FIRST, ended="send"), [StoredResponse("submitted", (FIRST,))]),
        (told(FIRST, ended="keep"), [StoredResponse("stopped", (FIRST,))]),
        (told(FIRST, ended="delete"), [StoredResponse("withdrawn", ())]),
    ],
)
def test_kept_promises(ledger: Ledger, stored: list[StoredResponse]) -> None:
    assert found(ledger, *stored) == {}


@pytest.mark.parametrize(
    ("ledger", "stored", "expected"),
    [
        (told(FIRST), [], {"lost": 1}),
        (told(FIRST, OTHER), [started(OTHER)], {"lost": 1}),
        (told(FIRST, ended="send"), [started(FIRST)], {"lost": 1}),
        (told(ended="delete"), [StoredResponse("stopped", ())], {"lost": 1}),
        (told(FIRST, SECOND), [started(FIRST)], {"stale": 1}),
        (told(SECOND, FIRST), [started(FIRST)], {"stale": 1}),
        # Two writers used one number: one of them was told that its answer is saved.
        (told(FIRST, Save("p01", 1, {"n": 9})), [started(FIRST)], {"stale": 1}),
        (told(FIRST), [started(FIRST), started()], {"duplicate": 1}),
        (told(FIRST, OTHER), [started(FIRST), started(OTHER)], {"duplicate": 1}),
        (told(FIRST, SECOND), [started(FIRST, SECOND)], {"duplicate": 1, "stale": 1}),
        (told(FIRST), [started(FIRST, OTHER)], {"foreign": 1}),
        (told(FIRST), [started(Save("p01", 1, {"n": 6}))], {"stale": 1, "foreign": 1}),
        (told(FIRST, ended="delete"), [StoredResponse("withdrawn", (FIRST,))], {"foreign": 1}),
    ],
)
def test_broken_promises(
    ledger: Ledger, stored: list[StoredResponse], expected: dict[str, int]
) -> None:
    assert found(ledger, *stored) == expected


def test_answers_in_another_pupils_response() -> None:
    mixed = {"A": [started()], "B": [started(FIRST)]}
    findings = compare({"A": told(FIRST), "B": told()}, mixed)
    assert (len(findings.lost), len(findings.foreign)) == (1, 1)


def test_a_response_of_nobody_we_know() -> None:
    assert compare({}, {"A": [started(FIRST)]}).foreign


def test_only_findings_are_true() -> None:
    assert not Findings()
    assert all(Findings(**{kind: ("x",)}) for kind in vars(Findings()))
