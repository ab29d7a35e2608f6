"""The objects a definition is read into: plain, frozen, knowing nothing of pages or databases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from surveys.definition.conditions import ALWAYS, Condition
from surveys.definition.kinds import Kind


@dataclass(frozen=True)
class Permission:
    """Who allowed the use of licensed wording: kept with the definition that uses it."""

    holder: str
    registered_with: str
    reference: str
    date: str


@dataclass(frozen=True)
class Wording:
    """`status`: "stand-in" (our own sentences), "licensed" (a wording pack) or "open"."""

    status: str
    note: str = ""
    permission: Permission | None = None


@dataclass(frozen=True)
class Licence:
    """Who holds the rights in a published scale, on what terms."""

    holder: str
    terms: str
    permission_needed: bool


@dataclass(frozen=True)
class Item:
    key: str
    text: str
    kind: Kind
    help: str = ""
    when: Condition = ALWAYS
    pair: str | None = None
    sensitive: bool = False  # in the sense of disclosure: shown for large groups only
    comparable: bool = True  # may be compared between waves
    filler: bool = False  # stands in for a question that is not asked, and is never published
    symbol: str = ""  # a drawing of surveys/static/surveys/symbols.svg
    note: str = ""


@dataclass(frozen=True)
class Page:
    key: str
    section: str
    items: tuple[Item, ...]
    intro: str = ""
    sensitive: bool = False  # no reminder of missed questions on such a page
    when: Condition = ALWAYS


@dataclass(frozen=True)
class Part:
    """One ingredient of a score, an item or another scale.

    value = mapping(code), then `mirror - value` if reversed, then `+ shift`.
    A code that the mapping leaves out is missing.
    """

    item: str | None = None
    scale: str | None = None
    mapping: Mapping[int, float] | None = None
    mirror: float | None = None
    shift: float = 0.0


@dataclass(frozen=True)
class Formula:
    """How parts become one number.

    `least` is the share of parts that must be present: 1 all of them, 0 at least one.
    A "switch" has no parts: `then` counts where `when` holds, `otherwise` elsewhere.
    """

    method: str
    parts: tuple[Part, ...] = ()
    least: float = 1.0
    when: Condition = ALWAYS
    then: Formula | None = None
    otherwise: Formula | None = None

    @property
    def branches(self) -> tuple[Formula, ...]:
        return tuple(branch for branch in (self.then, self.otherwise) if branch)


@dataclass(frozen=True)
class Band:
    """Values up to and including `up_to` that exceed the band before; None is the last band."""

    key: str
    label: str
    up_to: float | None


@dataclass(frozen=True)
class Conversion:
    """A published table from raw totals to converted scores."""

    key: str
    title: str
    source: str
    table: Mapping[float, float]


@dataclass(frozen=True)
class Scale:
    key: str
    title: str
    formula: Formula
    items: tuple[str, ...]  # all that the score looks at, also through nested scales
    direction: str | None
    low: float
    high: float
    licence: Licence
    citation: str
    wording: Wording
    conversion: Conversion | None = None
    bands: tuple[Band, ...] = ()
    bands_on: str = "raw"

    @property
    def metric_key(self) -> str:
        """The name of the converted score's column."""
        return f"{self.key}_metric"


@dataclass(frozen=True)
class Meets:
    """The recode of a headline: one of these codes, or a number within the bounds."""

    codes: frozenset[int] | None = None
    low: float = float("-inf")
    high: float = float("inf")

    def met(self, value: float) -> bool:
        return value in self.codes if self.codes is not None else self.low <= value <= self.high


@dataclass(frozen=True)
class Headline:
    """The share of pupils who meet a named threshold: on any of `items`, or on `score`."""

    key: str
    label: str
    topic: str
    meets: Meets
    direction: str | None
    items: tuple[str, ...] = ()
    score: str | None = None
    sensitive: bool = False


@dataclass(frozen=True)
class Theme:
    """`kind`: "domain", "driver", "local" or "about"."""

    key: str
    title: str
    kind: str


@dataclass(frozen=True)
class Topic:
    key: str
    title: str
    theme: str
    direction: str | None
    items: tuple[str, ...]
    headlines: tuple[Headline, ...]
    scale: str | None = None


@dataclass(frozen=True)
class Questionnaire:
    """One version of a questionnaire in one language. Never changed once a wave has used it."""

    key: str
    version: str
    language: str
    title: str
    wording: Wording
    themes: tuple[Theme, ...]
    pages: tuple[Page, ...]
    scales: tuple[Scale, ...]
    topics: tuple[Topic, ...]
    rotating: tuple[str, ...] = ()  # sections that come in turns; they stand one after another

    @property
    def turns(self) -> int:
        """How many orders of the sections there are; 1 where nothing rotates."""
        return max(len(self.rotating), 1)

    def rotated(self, turn: int) -> Questionnaire:
        """The same questionnaire with its rotating sections begun at the `turn`-th of them.

        Turn 0 is the order of the document. Every section comes first equally often, so that
        tiredness does not fall on the same topics in every class.
        """
        return self._orders[turn % self.turns]

    @cached_property
    def _orders(self) -> tuple[Questionnaire, ...]:
        return (self, *(self._beginning_with(turn) for turn in range(1, self.turns)))

    def _beginning_with(self, turn: int) -> Questionnaire:
        order = self.rotating[turn:] + self.rotating[:turn]
        first = next(n for n, page in enumerate(self.pages) if page.section in order)
        turning = [page for section in order for page in self.pages if page.section == section]
        pages = (*self.pages[:first], *turning, *self.pages[first + len(turning) :])
        return replace(self, pages=pages)

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Every item by key, in the order asked."""
        return {item.key: item for page in self.pages for item in page.items}

    @cached_property
    def scale(self) -> Mapping[str, Scale]:
        """Every scale by key; a scale stands after those it is built on."""
        return {scale.key: scale for scale in self.scales}

    @cached_property
    def page(self) -> Mapping[str, Page]:
        return {page.key: page for page in self.pages}

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Where a page stands, by its key."""
        return {page.key: place for place, page in enumerate(self.pages)}

    @cached_property
    def topic_of(self) -> Mapping[str, str]:
        """Item key to the key of its topic; items outside every topic are left out."""
        return {item: topic.key for topic in self.topics for item in topic.items}

    @cached_property
    def headlines(self) -> tuple[Headline, ...]:
        return tuple(headline for topic in self.topics for headline in topic.headlines)

    @cached_property
    def sections(self) -> tuple[str, ...]:
        """The titles of the parts, in order."""
        return tuple(dict.fromkeys(page.section for page in self.pages))
