"""Who takes part, and how it ends for them."""

from enum import StrEnum
from typing import TYPE_CHECKING

from census.demo.roll import DemoSchool
from census.demo.size import Size

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray


class Fate(StrEnum):
    """What becomes of a pupil. The first four count in the results."""

    FINISHED = "finished"
    LOST_SLIP = "lost_slip"  # begins, loses the slip, begins again with a new one, finishes
    STOPPED = "stopped"  # stops early and keeps the answers
    OUT_OF_TIME = "out_of_time"  # the lesson ends first
    WITHDRAWN = "withdrawn"  # stops and deletes the answers
    REGRETTED = "regretted"  # answers; a parent opts out afterwards
    LEFT = "left"  # answers, then leaves the roll
    OPTED_OUT = "opted_out"  # before the lessons: gets no code
    ABSENT = "absent"
    NOT_ASKED = "not_asked"  # at a school that does not take part


COUNTED = (Fate.FINISHED, Fate.LOST_SLIP, Fate.STOPPED, Fate.OUT_OF_TIME)
ANSWERING = (*COUNTED, Fate.WITHDRAWN, Fate.REGRETTED, Fate.LEFT)


def make_turnout(
    people: "pd.DataFrame", schools: tuple[DemoSchool, ...], size: Size, seed: int
) -> "NDArray[np.object_]":
    """The fate of each pupil; exactly `size.linked` of them count."""
    import numpy as np

    rng = np.random.default_rng([seed, 4])
    taking_part = people["school"].isin([s.urn for s in schools if s.takes_part]).to_numpy()
    asked = np.flatnonzero(taking_part)
    # Absence is not the same for all; that is why who is missing is worth a page in a report.
    likely = 1 + 0.6 * (people["fsm"] == "yes") + 0.6 * (people["sen"] == "any")
    # Of the many draws the smallest go first: the likelier somebody is absent, the sooner.
    order = asked[np.argsort(rng.exponential(size=len(asked)) / likely.to_numpy()[asked])]
    fates = np.full(len(people), Fate.NOT_ASKED, dtype=object)
    fates[order] = _in_order(len(order), size.linked)
    return fates


def _in_order(asked: int, linked: int) -> list[Fate]:
    """Fates from the first to be missing to the last."""
    few = max(1, linked // 400)
    lost = {
        Fate.OPTED_OUT: round(0.02 * asked),
        Fate.WITHDRAWN: few + 2,
        Fate.REGRETTED: few + 1,
        Fate.LEFT: few,
    }
    some = {
        Fate.STOPPED: round(0.015 * linked),
        Fate.OUT_OF_TIME: round(0.035 * linked),
        Fate.LOST_SLIP: few,
    }
    counts = {Fate.ABSENT: asked - linked - sum(lost.values()), **lost, **some}
    if counts[Fate.ABSENT] < 0:
        raise ValueError("The rolls are too short for so many to take part.")
    counts[Fate.FINISHED] = linked - sum(some.values())
    return [fate for fate, count in counts.items() for _ in range(count)]
