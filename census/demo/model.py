"""A state of mind for every pupil: one general factor, and one for each topic.

All numbers are made up. Girls, older pupils, pupils with free school meals or SEN report
somewhat less wellbeing on average, as published surveys have it; schools, wards and
localities differ a little, with the small shares of variance that such surveys find.
"""

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


def states(people: "pd.DataFrame", topics: "Sequence[str]", seed: int) -> "pd.DataFrame":
    """A column a topic, higher is better, about standard normal; rows as in `people`."""
    import pandas as pd

    general = _factor(people, seed, "general", 1.0)
    own = {topic: _factor(people, seed, topic, 0.6) for topic in topics}
    mixed = {t: SHARED * general + (1 - SHARED**2) ** 0.5 * own[t] for t in topics}
    return pd.DataFrame(mixed, index=people.index)


def stream(seed: int, *names: str) -> "np.random.Generator":
    """Random numbers of one thing alone, so that another question in the file moves nothing."""
    import hashlib

    import numpy as np

    mark = hashlib.sha256("/".join(names).encode()).digest()
    return np.random.default_rng([seed, int.from_bytes(mark[:8], "big")])


def _factor(
    people: "pd.DataFrame", seed: int, name: str, place_share: float
) -> "NDArray[np.float64]":
    import numpy as np

    rng = stream(seed, "factor", name)
    value: NDArray[np.float64] = rng.normal(0, 1, len(people))
    for (column, group), effect in GROUPS.items():
        value += effect * rng.uniform(0.3, 1.3) * (people[column] == group).to_numpy()
    for column, spread in PLACES.items():
        keys = sorted(people[column].dropna().unique())
        shifts = dict(zip(keys, rng.normal(0, place_share * spread, len(keys)), strict=True))
        value += people[column].map(shifts).fillna(0).to_numpy(float)
    return value
