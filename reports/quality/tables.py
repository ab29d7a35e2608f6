"""How the responses of a wave were answered, as counts for the data team. Pure.

Borough-level only. Every count tells of ten pupils or more: smaller kinds are joined with their
smallest neighbours. A table that, set beside another, would tell of fewer by subtraction is
left out. Quartiles stand where every quarter holds ten pupils, in whole minutes or per cent,
without the number of pupils behind them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

SMALLEST = 10
FAST_SHARE = 0.25  # of the pages with a time and an answer


@dataclass(frozen=True)
class Table:
    """Kinds of response and how many pupils, all pupils once; no kinds where it is left out."""

    title: str
    cells: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Quartiles:
    """The values below which a quarter, a half and three quarters lie; None: too few pupils."""

    title: str
    unit: str
    values: tuple[int, int, int] | None


@dataclass(frozen=True)
class QualityReport:
    pupils: int
    tables: tuple[Table, ...]
    quartiles: tuple[Quartiles, ...]


def quality_report(frame: pd.DataFrame) -> QualityReport:
    """From the table of `surveys.frames.quality_frame`. Raises ValueError below ten pupils."""
    if len(frame) < SMALLEST:
        raise ValueError(f"There are fewer than {SMALLEST} responses: nothing can be told of them.")
    import pandas as pd

    columns = list(frame.columns)
    rows = [dict(zip(columns, row, strict=True)) for row in frame.itertuples(index=False)]
    kept: dict[str, pd.Series[str]] = {}
    for title, kinds in TABLES.items():
        as_they_are = pd.Series([kinds(row) for row in rows])
        labels = joined(as_they_are)
        # One kind for everybody is told if it is so, and not if small kinds were joined to it.
        flat = labels.nunique() == 1 and as_they_are.nunique() > 1
        if not flat and not any(tells(labels, other) for other in kept.values()):
            kept[title] = labels
    tables = tuple(Table(title, _cells(kept.get(title))) for title in TABLES)
    return QualityReport(len(frame), tables, tuple(_quartiles(frame)))


def joined(labels: pd.Series[str]) -> pd.Series[str]:
    """The same kinds, with the smallest two made one until each holds ten pupils."""
    counts = labels.value_counts()
    while len(counts) > 1 and counts.min() < SMALLEST:
        first, second = sorted(counts.index, key=lambda kind: (counts[kind], kind))[:2]
        labels = labels.replace([first, second], f"{second}; or {first}")
        counts = labels.value_counts()
    return labels


def tells(one: pd.Series[str], other: pd.Series[str]) -> bool:
    """Whether two tables of the same pupils tell, by subtraction, of fewer than ten of them.

    They do where all of some kinds of one lie within some kinds of the other, and what is left
    over is small.
    """
    import numpy as np

    rows, columns = (labels.astype("category").cat.codes.to_numpy() for labels in (one, other))
    crossed = np.zeros((rows.max() + 1, columns.max() + 1), dtype=int)
    np.add.at(crossed, (rows, columns), 1)
    inner, outer = (_choices(size) for size in crossed.shape)
    inner_size, outer_size = inner @ crossed.sum(axis=1), outer @ crossed.sum(axis=0)
    within = inner @ crossed @ outer.T == inner_size[:, None]
    left_over = outer_size[None, :] - inner_size[:, None]
    return bool((within & (left_over > 0) & (left_over < SMALLEST)).any())


def _choices(kinds: int) -> NDArray[np.int_]:
    """Every choice of kinds but none and all: a row each, 1 where the kind is in it."""
    import numpy as np

    numbers = np.arange(1, 2**kinds - 1)
    return (numbers[:, None] >> np.arange(kinds)) & 1


def _cells(labels: pd.Series[str] | None) -> tuple[tuple[str, int], ...]:
    if labels is None:
        return ()
    return tuple((str(kind), int(count)) for kind, count in labels.value_counts().items())


def _quartiles(frame: pd.DataFrame) -> Iterator[Quartiles]:
    for title, (unit, values_of) in QUARTILES.items():
        values = values_of(frame).dropna()
        found = None
        if len(values) >= 4 * SMALLEST:
            low, middle, high = (round(float(values.quantile(part))) for part in (0.25, 0.5, 0.75))
            found = (low, middle, high)
        yield Quartiles(title, unit, found)


def _told(row: Mapping[str, object], sign: str, kind: str) -> str:
    return "not told" if row[sign] is None else kind


def _number(row: Mapping[str, object], name: str) -> int:
    value = row[name]
    return value if isinstance(value, int) else 0


def _fast(row: Mapping[str, object]) -> str:
    fast, timed = _number(row, "pages_fast"), _number(row, "pages_timed")
    many = timed > 0 and fast >= FAST_SHARE * timed
    return "a quarter of the pages or more" if many else "fewer pages, or no times"


def _some(name: str, kind: str, none: str) -> Callable[[Mapping[str, object]], str]:
    return lambda row: kind if _number(row, name) else none


# In the order of weight: a table gives way to those before it.
TABLES: Mapping[str, Callable[[Mapping[str, object]], str]] = {
    "Edition": lambda row: str(row["edition"]),
    "Entered by": lambda row: str(row["entered"]),
    "Ended": lambda row: "sent" if row["finished"] else "stopped, or left under way",
    "Answered faster than anybody reads": _fast,
    "Scales answered in a straight line": _some("lines", "one or more", "none"),
    "Answers that cannot both be true": _some("impossible", "one pair or more", "none"),
    "Preferred not to say": _some("preferred_not", "at least once", "never"),
    "Device": lambda row: _told(row, "device", str(row["device"])),
    "Language": lambda row: _told(row, "language", str(row["language"])),
    "Read aloud": _some("aloud", "used", "not used, or not told"),
    "Had to wait for the network": _some("waits", "at least once", "never, or not told"),
}


def _share(frame: pd.DataFrame, part: str) -> pd.Series[float]:
    return (100 * frame[part] / frame["asked"].where(frame["asked"] > 0)).astype("float64")


def _minutes(frame: pd.DataFrame) -> pd.Series[float]:
    """Of those who answered the whole questionnaire themselves and sent it."""
    mine = (frame["entered"] == "pupil") & (frame["edition"] == "full") & frame["finished"]
    return frame.loc[mine.astype(bool), "seconds"].astype("float64") / 60


QUARTILES: Mapping[str, tuple[str, Callable[[pd.DataFrame], pd.Series[float]]]] = {
    "Time on the questions": ("minutes", _minutes),
    "Questions skipped": ("per cent", lambda frame: _share(frame, "skipped")),
    "Questions not reached": ("per cent", lambda frame: _share(frame, "not_reached")),
    "Longest run of equal answers": (
        "answers",
        lambda frame: frame["longest_run"].astype("float64"),
    ),
}
