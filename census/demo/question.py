"""One question, answered by everybody at once."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from census.demo.findings import PROFILES, Finding
from census.demo.leaning import met_codes
from census.demo.model import Luck
from census.demo.shares import apportion, hump
from surveys.definition import Headline, Item

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

BETTER_OFF = 0.63  # how far along its answers, from worst to best, the mean of a question lies
USUAL = {"lower_better": (0.12, 0.26), "higher_better": (0.52, 0.76)}  # shares meeting a headline
SKIPPED, DONT_KNOW, PREFER_NOT = 0.012, 0.02, 0.008
MOVED = 0.02  # of 1: what moves a question's answers from wave to wave
TICKED = (0.12, 0.42)  # lowest and highest share of pupils who tick an option
ALONE = ("none", "nothing", "no,")  # an option that begins so is not ticked with others


@dataclass
class Question:
    """`level` is what each pupil's answer is cut from: the higher, the higher the code.

    `lean` is 1 where a higher code is better, -1 where it is worse, else 0. `reluctance` says
    how much likelier than the usual each pupil is to skip the question or not to say.
    """

    item: Item
    level: "NDArray[np.float64]"
    lean: int
    reluctance: "NDArray[np.float64]"
    headline: Headline | None
    rng: "np.random.Generator"
    luck: Luck
    silent: "NDArray[np.int64]" = field(init=False)
    shares: "NDArray[np.float64]" = field(init=False)

    def __post_init__(self) -> None:
        self.silent = self._draw_silent()
        self.shares = self._draw_shares()

    def codes(self) -> "NDArray[np.int64]":
        """A code a pupil, -1 for skipped; cut at thresholds that give about `shares`."""
        import numpy as np

        edges = np.quantile(self.level, np.clip(np.cumsum(self.shares)[:-1], 0, 1))
        return self._with_silence(self._ladder()[np.searchsorted(edges, self.level)])

    def codes_meeting(
        self, finding: Finding, people: "pd.DataFrame", counting: "NDArray[np.bool_]"
    ) -> "NDArray[np.int64]":
        """The same, but cut at the quantiles of each cell that give it the finding's percentage.

        `counting` marks those whose answers count in the results, if they give a valid one.
        """
        import numpy as np

        codes = self.codes()
        rows = np.flatnonzero(counting & (self.silent == 0))
        for values, cell in _cells(finding, people, rows).items():
            meeting = round(finding.percent(values) / 100 * len(cell))
            order = cell[self.level[cell].argsort(kind="stable")]
            codes[order] = np.repeat(self._ladder(), self._counts(meeting, len(cell)))
        return codes

    def ticks(self) -> Iterator[tuple[int, list[int]]]:
        """Row and ticked options of everybody who ticks at least one."""
        options = [o for o in self.item.kind.options if o.kind == "answer"]
        alone = [o.code for o in options if o.label.lower().startswith(ALONE)]
        codes = [o.code for o in options if o.code not in alone]
        chances = self.luck.common("ticks", self.item.key).uniform(*TICKED, len(codes))
        drawn = self.rng.uniform(size=(len(self.level), len(codes))) < chances
        for row, silence in enumerate(self.silent):
            ticked = [code for code, tick in zip(codes, drawn[row], strict=True) if tick]
            answer = ticked or alone[:1]
            if silence:
                answer = [int(silence)] if silence > 0 else []
            if answer:
                yield row, answer

    def _ladder(self) -> "NDArray[np.int64]":
        import numpy as np

        return np.array(sorted(self.item.kind.answer_codes()), dtype=np.int64)

    def _counts(self, meeting: int, size: int) -> "NDArray[np.int64]":
        """How many of each code, `size` in all, `meeting` of them meeting the threshold."""
        inside = self._meeting()
        return apportion(self.shares * inside, meeting) + apportion(
            self.shares * ~inside, size - meeting
        )

    def _meeting(self) -> "NDArray[np.bool_]":
        """Which codes of the ladder meet the headline's threshold."""
        import numpy as np

        met = met_codes(self.headline, self.item) if self.headline else ()
        return np.isin(self._ladder(), met)

    def _with_silence(self, codes: "NDArray[np.int64]") -> "NDArray[np.int64]":
        import numpy as np

        return np.where(self.silent == 0, codes, self.silent)

    def _draw_silent(self) -> "NDArray[np.int64]":
        """0 for an answer, -1 for skipped, else the code of "don't know" or "prefer not to say"."""
        import numpy as np

        drawn = self.rng.uniform(size=len(self.level)) / np.maximum(self.reluctance, 1e-9)
        silent = np.zeros(len(drawn), dtype=np.int64)
        low = 0.0
        for share, code in self._ways_out():
            silent[(low <= drawn) & (drawn < low + share)] = code
            low += share
        return silent

    def _ways_out(self) -> Iterator[tuple[float, int]]:
        yield SKIPPED, -1
        chances = {"dont_know": DONT_KNOW, "prefer_not": PREFER_NOT}
        for option in self.item.kind.options:
            # Nought stands for an answer here, so an option with that code is never a way out.
            if option.kind in chances and option.code:
                yield chances[option.kind], option.code

    def _draw_shares(self) -> "NDArray[np.float64]":
        """About how many give each answer, from the lowest code to the highest."""
        import numpy as np

        if self.item.key in PROFILES and len(PROFILES[self.item.key]) == len(self._ladder()):
            return np.array(PROFILES[self.item.key]) / sum(PROFILES[self.item.key])
        usually = self.luck.common("shares", self.item.key)
        middle = {1: BETTER_OFF, -1: 1 - BETTER_OFF, 0: 0.5}[self.lean] + usually.normal(0, 0.04)
        ladder = self._ladder()
        shares = hump(len(ladder), float(np.clip(middle + self._moved(), 0.05, 0.95)))
        inside = self._meeting()
        usual = USUAL.get(str(self.headline.direction)) if self.headline else None
        if usual and 0 < inside.sum() < len(ladder):
            share = usually.uniform(*usual) + self._moved()
            shares[inside] *= share / shares[inside].sum()
            shares[~inside] *= (1 - share) / shares[~inside].sum()
        return shares

    def _moved(self) -> float:
        """How far the share of those better off has moved from the main wave to this one."""
        if not self.luck.wave:
            return 0.0
        return float(self.luck.own("moved", self.item.key).normal(0, MOVED))


def _cells(
    finding: Finding, people: "pd.DataFrame", rows: "NDArray[np.int64]"
) -> "dict[tuple[str | None, ...], NDArray[np.int64]]":
    """Rows by the values of the finding's demographics."""
    import numpy as np

    cells: dict[tuple[str | None, ...], list[int]] = {}
    columns = [people[name].to_numpy() for name in finding.by]
    for row in rows:
        cells.setdefault(tuple(column[row] for column in columns), []).append(int(row))
    return {values: np.array(found) for values, found in cells.items()}
