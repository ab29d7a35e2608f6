"""From states of mind to answers: every pupil walks through the questionnaire.

Page by page, as a pupil meets it: a question whose condition does not hold is not asked, a
few are skipped, a few pupils prefer not to say, some stop before the end. Any questionnaire
can be answered: each question leans as its scale or headline does (`leaning`), and answers
are cut out of the state of mind at thresholds. Where a finding is published, the thresholds
are the quantiles of the groups it names; no answer is changed afterwards.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from census.demo.findings import FINDINGS, Finding
from census.demo.leaning import leanings, single_headline
from census.demo.model import Luck, states
from census.demo.question import Question
from census.demo.turnout import ANSWERING, COUNTED, Fate
from surveys.definition import Answer, Condition, Item, Page, Questionnaire
from surveys.definition.kinds import Multi

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

LOADING = 0.75  # of a question on its topic
NEUTRAL = 0.3  # how much of that is left where no answer is the better one
SENSITIVE = 2  # times as many stay silent where it is delicate
FEW = 0.35  # shape of a gamma distribution: most silence is that of a few pupils
EARLIEST, LATEST = 0.3, 0.95  # share of the pages done by those who do not reach the end
EARLY = (Fate.STOPPED, Fate.OUT_OF_TIME, Fate.WITHDRAWN)


@dataclass(frozen=True)
class Sheet:
    """One pupil's pages in the order saved. `row` is the pupil's row of the roll."""

    row: int
    fate: Fate
    pages: tuple[tuple[str, dict[str, Answer]], ...]


def make_sheets(
    questionnaire: Questionnaire,
    people: "pd.DataFrame",
    fates: "NDArray[np.object_]",
    luck: Luck,
    findings: Sequence[Finding] = FINDINGS,
) -> list[Sheet]:
    """A sheet for everybody who takes part, in the order of the roll.

    Raises ValueError when a finding is about no single question of the questionnaire.
    """
    import numpy as np

    _check(questionnaire, findings)
    rows = np.flatnonzero(np.isin(fates, ANSWERING))
    walk = _Walk(questionnaire, people.iloc[rows].reset_index(drop=True), fates[rows], luck)
    walk.run({finding.headline: finding for finding in findings})
    return [
        Sheet(int(row), fates[row], tuple(pages))
        for row, pages in zip(rows, walk.saved, strict=True)
    ]


def _check(questionnaire: Questionnaire, findings: Sequence[Finding]) -> None:
    named = {single_headline(questionnaire, item) for item in questionnaire.items.values()}
    keys = {headline.key for headline in named if headline}
    missing = [finding.headline for finding in findings if finding.headline not in keys]
    if missing:
        raise ValueError(f"No single question has the headline {', '.join(missing)}.")


class _Walk:
    """All pupils side by side, one page after the other."""

    def __init__(
        self,
        questionnaire: Questionnaire,
        people: "pd.DataFrame",
        fates: "NDArray[np.object_]",
        luck: Luck,
    ) -> None:
        import numpy as np

        self.questionnaire, self.people, self.fates, self.luck = questionnaire, people, fates, luck
        self.counting = np.isin(fates, COUNTED)
        self.leanings = leanings(questionnaire)
        self.states = states(people, ["", *(t.key for t in questionnaire.topics)], luck)
        silence = luck.own("reluctance").gamma(FEW, 1 / FEW, len(fates))
        self.reluctance = np.minimum(silence, 1 / FEW**2)
        self.given: list[dict[str, Answer]] = [{} for _ in fates]
        self.saved: list[list[tuple[str, dict[str, Answer]]]] = [[] for _ in fates]
        self.halves: dict[str, NDArray[np.int64]] = {}

    def run(self, findings: Mapping[str, Finding]) -> None:
        pages_done = self._pages_done()
        for number, page in enumerate(self.questionnaire.pages):
            self._page(page, number < pages_done, findings)

    def _pages_done(self) -> "NDArray[np.int64]":
        import numpy as np

        pages = len(self.questionnaire.pages)
        share = self.luck.own("pages done").uniform(EARLIEST, LATEST, len(self.fates))
        early = np.isin(self.fates, EARLY)
        done = np.where(early, np.maximum(1, share * pages), pages)
        return done.astype(np.int64)

    def _page(self, page: Page, here: "NDArray[np.bool_]", findings: Mapping[str, Finding]) -> None:
        """Conditions look at earlier pages only, so a page is answered as a whole."""
        here = here & self._holds(page.when)
        seen = here & False
        fresh: list[dict[str, Answer]] = [{} for _ in self.fates]
        for item in page.items:
            asked = here & self._holds(item.when)
            seen |= asked
            reluctance = self.reluctance * (SENSITIVE if page.sensitive or item.sensitive else 1)
            for row, answer in self._answers(self._question(item, reluctance), asked, findings):
                if asked[row]:
                    fresh[row][item.key] = answer
        for pupil in seen.nonzero()[0]:
            self.saved[pupil].append((page.key, fresh[pupil]))
            self.given[pupil].update(fresh[pupil])

    def _holds(self, condition: Condition) -> "NDArray[np.bool_]":
        import numpy as np

        pairs = zip(self.given, self.people["year_group"], strict=True)
        return np.array([condition.holds(answers, year) for answers, year in pairs], dtype=bool)

    def _answers(
        self,
        question: Question,
        asked: "NDArray[np.bool_]",
        findings: Mapping[str, Finding],
    ) -> Iterator[tuple[int, Answer]]:
        if isinstance(question.item.kind, Multi):
            yield from question.ticks()
            return
        codes = self._codes(question, asked, findings)
        for row in (codes >= 0).nonzero()[0]:
            yield int(row), int(codes[row])

    def _codes(
        self, question: Question, asked: "NDArray[np.bool_]", findings: Mapping[str, Finding]
    ) -> "NDArray[np.int64]":
        import numpy as np

        item, headline = question.item, question.headline
        if item.key in self.halves:
            return self.halves[item.key]
        if headline and headline.key in findings:
            counting = asked & self.counting
            return question.codes_meeting(findings[headline.key], self.people, counting)
        codes = question.codes()
        if item.pair:
            # The other half of a pair of percentages follows from this one.
            numbers = np.isin(codes, item.kind.answer_codes())
            self.halves[item.pair] = np.where(numbers, 100 - codes, -1)
        return codes

    def _question(self, item: Item, reluctance: "NDArray[np.float64]") -> Question:
        rng = self.luck.own("item", item.key)
        lean = self.leanings[item.key]
        state = self.states[self.questionnaire.topic_of.get(item.key, "")].to_numpy()
        noise: Any = rng.normal(0, 1, len(self.fates))
        return Question(
            item=item,
            level=LOADING * (lean or NEUTRAL) * state + (1 - LOADING**2) ** 0.5 * noise,
            lean=lean,
            reluctance=reluctance,
            headline=single_headline(self.questionnaire, item),
            rng=rng,
            luck=self.luck,
        )
