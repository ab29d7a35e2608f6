"""Negative controls: sentences that tell another figure are put past the rules, and are found."""

import pytest

from reports import narrative
from reports.words import KINDS, Words, problems
from tests.unit.reports.test_narrative_random import schools_agree

SWAPPED = "{range}; if we asked again we would expect {figure}."
BROKEN = {
    "school-headline": [
        SWAPPED,
        "{figure}; if we asked 31 of them we would expect {range}.",
        "{figure}; if we asked thirty of them we would expect {range}.",
        "more than {figure}; if we asked again we would expect {range}.",
        "{figure}; if we asked again we would expect {range} or {range}.",
    ],
    "school-score": ["{figure}: {scale}; if we asked again we would expect {range}."],
    "school-beside": ["{everybody} it is {figure} or 5.", "{everybody} it is all but {figure}."],
    "school-same": ["{verdict}: {chance}, so higher.", "{chance}: {verdict}."],
    "school-higher": ["Lower than in the other schools: {chance}."],
}


@pytest.mark.parametrize(("kind", "pattern"), [(k, p) for k, ps in BROKEN.items() for p in ps])
def test_words_that_tell_another_figure_are_found(kind: str, pattern: str) -> None:
    assert problems(KINDS[kind], pattern)
    with pytest.raises(AssertionError):
        schools_agree(range(12), Words({(kind, "", ""): pattern}))


@pytest.mark.parametrize("own", [False, True])
def test_a_range_that_is_turned_round_is_found(own: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    between = narrative._between
    monkeypatch.setattr(narrative, "_between", lambda low, high, d: between(high, low, d))
    with pytest.raises(AssertionError):
        schools_agree(range(own, own + 1))
