"""Non-answers by question: what the released cells say, and nothing where they say nothing."""

from reports.disclosure.lattice import Place
from reports.disclosure.released import AnswersCell
from reports.quality.answering import Question, missing
from tests import released

BOROUGH = Place("borough", released.BOROUGH)


def row(question: Question) -> tuple[str, ...]:
    return missing(released.small_cube(), BOROUGH, [question]).rows[0]


def test_the_released_shares_are_told() -> None:
    sleep = released.small_cube().cell(BOROUGH.id, "q.sleep")
    proud = released.small_cube().cell(BOROUGH.id, "q.proud")
    assert isinstance(sleep, AnswersCell)
    assert isinstance(proud, AnswersCell)
    refused = next(share.label for share in sleep.shares if share.code == 9)
    assert row(Question("q.sleep", "Sleep?", frozenset({9})))[:3] == ("Sleep?", "700", refused)
    assert float(refused.removesuffix(" %")) > 1
    skipped = {share.code: share.label for share in proud.missing}[-1]
    assert row(Question("q.proud", "Proud?"))[1:4] == (str(proud.n), "", skipped)
    assert abs(float(skipped.removesuffix(" %")) - 6) < 3  # six in a hundred skip it


def test_what_is_not_released_is_not_told() -> None:
    assert row(Question("q.nothing", "?")) == ("?", *("not shown",) * 5)
