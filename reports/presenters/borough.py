"""The officers' view of a borough: schools beside chance, who took part, what stands out.

Never public. Schools are told by letters unless names are asked for, and never put in an order
by a figure.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any

from reports.charts import Funnel
from reports.presenters.funnels import funnel
from reports.presenters.outline import Theme
from reports.presenters.registers import CAUTIONS, RegisterBeside
from reports.presenters.school import Fact, participation
from reports.presenters.sources import Source
from reports.presenters.standing_out import Standing, stands_out


@dataclass(frozen=True)
class Turnout:
    """One school's counts of the roll; None where they are not known or too few to say."""

    school: str
    took_part: int | None
    on_roll: int | None
    percent: float | None
    opted_out: int | None


@dataclass(frozen=True)
class TopicFunnels:
    """missing: headlines that cannot be drawn, in words."""

    key: str
    title: str
    funnels: tuple[Funnel, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class BoroughView:
    """theme, topics: what is chosen; None and empty on the first page.

    named: whether schools stand under their names. registers: with how to read them, `cautions`.
    """

    borough: str
    wave: str
    wave_key: str
    made_up: bool
    named: bool
    participation: tuple[Fact, ...]
    turnout: tuple[Turnout, ...]
    standing: tuple[Standing, ...]
    themes: tuple[Theme, ...]
    theme: Theme | None
    topics: tuple[TopicFunnels, ...]
    registers: tuple[RegisterBeside, ...] = ()
    cautions: tuple[str, ...] = CAUTIONS


def first_page(
    borough: Source,
    localities: Sequence[Source],
    counts: Mapping[str, Mapping[str, Any] | None],
    *,
    named: bool,
    registers: tuple[RegisterBeside, ...] = (),
) -> BoroughView:
    """Who took part and what stands out. counts: each school's participation by its label."""
    turnout = (_turnout(label, counts[label] or {}) for label in ordered(counts))
    return _view(
        borough,
        named=named,
        turnout=tuple(turnout),
        standing=stands_out(borough, localities),
        registers=registers,
    )


def theme_page(
    borough: Source, schools: Mapping[str, Source], theme: Theme, *, named: bool
) -> BoroughView:
    """Every headline of a theme across schools. schools: by the label they are shown under."""
    topics = []
    for topic in theme.topics:
        drawn = {head: funnel(borough, schools, head) for head in topic.headlines}
        shown = tuple(chart for chart in drawn.values() if chart)
        missing = tuple(head.label for head, chart in drawn.items() if chart is None)
        topics.append(TopicFunnels(topic.key, topic.title, shown, missing))
    return _view(borough, named=named, theme=theme, topics=tuple(topics))


def _view(
    borough: Source,
    *,
    named: bool,
    turnout: tuple[Turnout, ...] = (),
    standing: tuple[Standing, ...] = (),
    theme: Theme | None = None,
    topics: tuple[TopicFunnels, ...] = (),
    registers: tuple[RegisterBeside, ...] = (),
) -> BoroughView:
    return BoroughView(
        borough=borough.name,
        wave=borough.wave,
        wave_key=borough.wave_key,
        made_up=borough.made_up,
        named=named,
        participation=participation(borough),
        turnout=turnout,
        standing=standing,
        themes=borough.outline.themes,
        theme=theme,
        topics=topics,
        registers=registers,
    )


def letters(keys: Sequence[str], release: str) -> dict[str, str]:
    """School key -> "School A": in an order that follows neither names nor keys.

    The same for one release, another for the next, so that nobody learns the letters by heart.
    """
    mixed = sorted(keys, key=lambda key: hashlib.sha256(f"{release} {key}".encode()).digest())
    return {key: f"School {_letter(i)}" for i, key in enumerate(mixed)}


def _letter(index: int) -> str:
    times, at = divmod(index, len(ascii_uppercase))
    return ascii_uppercase[at] * (times + 1)


def ordered(labels: Mapping[str, Any]) -> list[str]:
    """School A before School AA, names by the alphabet."""
    return sorted(labels, key=str.casefold)


def _turnout(label: str, counts: Mapping[str, Any]) -> Turnout:
    took_part, on_roll = counts.get("took_part"), counts.get("on_roll")
    percent = 100 * took_part / on_roll if took_part is not None and on_roll else None
    return Turnout(label, took_part, on_roll, percent, counts.get("opted_out"))
