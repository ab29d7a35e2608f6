"""A state of mind for every pupil: one general factor, and one for each topic.

All numbers are made up. Girls, older pupils, pupils with free school meals or SEN report
somewhat less wellbeing on average, as published surveys have it; schools, wards and
localities differ a little, with the small shares of variance that such surveys find.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

GROUPS = {
    ("sex", "F"): -0.22,
    ("year_group", "10"): -0.15,
    ("fsm", "yes"): -0.15,
    ("sen", "any"): -0.25,
}
PLACES = {"school": 0.12, "ward": 0.08, "locality": 0.06}  # standard deviations
SHARED = 0.65  # how much of a topic is the general factor


# What a visitor finds in the school of the demonstration's accounts: SDs of pupils, by topic.
STANDS_OUT = {"friends": 0.6, "school_connection": 0.5, "sleep": -0.6, "schoolwork": -0.5}
ALTERED = 0.4  # how far a place moves from wave to wave, as a share of how far places lie apart


@dataclass(frozen=True)
class Luck:
    """Random numbers of one thing alone, so that another question in the file moves nothing.

    `common` are the same in every wave of a seed: what a question or a school is like. `own` are
    of one wave: its pupils, and what has moved since another. wave: empty for the main one.
    school: the one in which something stands out (`STANDS_OUT`), if any.
    """

    seed: int
    wave: str = ""
    school: str = ""

    def common(self, *names: str) -> "np.random.Generator":
        import hashlib

        import numpy as np

        mark = hashlib.sha256("/".join(names).encode()).digest()
        return np.random.default_rng([self.seed, int.from_bytes(mark[:8], "big")])

    def own(self, *names: str) -> "np.random.Generator":
        return self.common(*filter(None, (self.wave,)), *names)


def states(people: "pd.DataFrame", topics: "Sequence[str]", luck: Luck) -> "pd.DataFrame":
    """A column a topic, higher is better, about standard normal; rows as in `people`."""
    import pandas as pd

    general = _factor(people, luck, "general", 1.0)
    own = {topic: _factor(people, luck, topic, 0.6) for topic in topics}
    mixed = {t: SHARED * general + (1 - SHARED**2) ** 0.5 * own[t] for t in topics}
    there = (people["school"] == luck.school).to_numpy(float)
    for topic in STANDS_OUT.keys() & mixed.keys():
        mixed[topic] = mixed[topic] + STANDS_OUT[topic] * there
    return pd.DataFrame(mixed, index=people.index)


def _factor(
    people: "pd.DataFrame", luck: Luck, name: str, place_share: float
) -> "NDArray[np.float64]":
    value: NDArray[np.float64] = luck.own("factor", name).normal(0, 1, len(people))
    effects = luck.common("effects", name)
    for (column, group), effect in GROUPS.items():
        value += effect * effects.uniform(0.3, 1.3) * (people[column] == group).to_numpy()
    for column, spread in PLACES.items():
        shifts = {
            key: _shift(luck, name, key) * place_share * spread
            for key in sorted(people[column].dropna().unique())
        }
        value += people[column].map(shifts).fillna(0).to_numpy(float)
    return value


def _shift(luck: Luck, name: str, place: str) -> float:
    """Where a place lies, and how far it has moved in this wave."""
    lies = luck.common("place", name, place).normal(0, 1)
    moved = ALTERED * luck.own("moved", name, place).normal(0, 1) if luck.wave else 0.0
    return float(lies + moved)
