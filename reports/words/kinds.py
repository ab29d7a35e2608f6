"""Every kind of sentence with the words that we ship. To add a kind is one entry.

An entry's key and slots never change once released: builds keep patterns that are made of them. A
test holds every entry to the rules that a council's own words are held to.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Audience = Literal["school", "area"]
Of = Literal["headlines", "scores", "measures"]


@dataclass(frozen=True)
class Slot:
    """A locked part. `title` names it to editors, `example` is what may stand there (made up)."""

    name: str
    title: str
    example: str


@dataclass(frozen=True)
class Measure:
    """Something that sentences are said of. title: "Pupils who said they get enough sleep"."""

    key: str
    of: Of
    title: str


@dataclass(frozen=True)
class Kind:
    """One kind of sentence to one audience.

    key: in addresses and in builds. when: when it is said. of: the measures it may be said of.
    pattern: the words that we ship.
    """

    key: str
    audience: Audience
    title: str
    when: str
    of: Of
    pattern: str
    slots: tuple[Slot, ...]

    @property
    def name(self) -> str:
        """Its name among the kinds of its audience."""
        return self.key.removeprefix(f"{self.audience}-")

    @property
    def names(self) -> tuple[str, ...]:
        """The slots in their order."""
        return tuple(slot.name for slot in self.slots)

    def fits(self, measure: Measure) -> bool:
        """Whether it may be said of a measure."""
        return self.of in {"measures", measure.of}

    @property
    def example(self) -> dict[str, str]:
        """Something made up for each slot."""
        return {slot.name: slot.example for slot in self.slots}


def _kind(
    name: str,
    title: str,
    when: str,
    of: Of,
    pattern: str,
    **audiences: tuple[Slot, ...],
) -> Iterator[Kind]:
    """A kind for each audience that it is said to; only the examples differ."""
    for audience, slots in audiences.items():
        to: Audience = "school" if audience == "school" else "area"
        yield Kind(f"{to}-{name}", to, title, when, of, pattern, slots)


def _figure(example: str) -> Slot:
    return Slot("figure", "the figure", example)


def _range(example: str) -> Slot:
    return Slot("range", "the likely range", example)


def _verdict(word: str, chance: str, beside: str = "in the other schools") -> tuple[Slot, ...]:
    return (
        Slot("verdict", "the verdict", f"{word} {beside}"),
        Slot("chance", "how far chance goes", chance),
    )


def _then(word: str, chance: str) -> tuple[Slot, ...]:
    return _verdict(word, chance, "in June 2024")


_SELDOM = "a difference this size is seldom seen by chance"
_OFTEN = "a difference this size is often seen by chance in a school of your size"

_FEW = (
    Slot("verdict", "that there is none", "no verdict"),
    Slot(
        "why",
        "why there is none",
        "fewer than 30 answers are too few to tell a difference from chance",
    ),
)

_ALL = (
    *_kind(
        "headline",
        "A share with its likely range",
        "Of every headline with a number.",
        "headlines",
        "{figure}; if we asked again we would expect {range}.",
        school=(
            _figure("34 in 100 of your Year 8 pupils said they get enough sleep"),
            _range("between 28 and 41"),
        ),
        area=(
            _figure("34 in 100 pupils in Exampleham said they get enough sleep"),
            _range("between 31 and 37"),
        ),
    ),
    *_kind(
        "rare",
        "A share too near none or all for a number",
        "Where a number could give pupils away.",
        "headlines",
        "{figure}.",
        school=(_figure("fewer than 5 in 100 of your pupils said they are often alone"),),
        area=(_figure("fewer than 5 in 100 pupils in Exampleham said they are often alone"),),
    ),
    *_kind(
        "score",
        "An average score with its likely range",
        "Of every scale.",
        "scores",
        "{scale}: {figure}; if we asked again we would expect {range}.",
        school=(
            Slot("scale", "the scale", "Mood, from 7 to 35"),
            _figure("your pupils scored 23.4 on average"),
            _range("between 22.9 and 23.9"),
        ),
        area=(
            Slot("scale", "the scale", "Mood, from 7 to 35"),
            _figure("pupils in Exampleham scored 23.4 on average"),
            _range("between 23.1 and 23.7"),
        ),
    ),
    *_kind(
        "beside",
        "The same figure for everybody",
        "Behind a share or a score.",
        "measures",
        "{everybody} it is {figure}.",
        school=(
            Slot("everybody", "who everybody is", "across all schools, for Year 8 pupils,"),
            _figure("30"),
        ),
        area=(Slot("everybody", "who everybody is", "across Exampleham"), _figure("30")),
    ),
    *_kind(
        "higher",
        "The verdict “higher than”",
        "Where a school’s figure is higher by more than chance.",
        "measures",
        "{verdict}: {chance}.",
        school=_verdict("higher than", _SELDOM),
    ),
    *_kind(
        "lower",
        "The verdict “lower than”",
        "Where a school’s figure is lower by more than chance.",
        "measures",
        "{verdict}: {chance}.",
        school=_verdict("lower than", _SELDOM),
    ),
    *_kind(
        "same",
        "The verdict “about the same as”",
        "Where a difference is small, or may be chance.",
        "measures",
        "{verdict}: {chance}.",
        school=_verdict("about the same as", _OFTEN),
    ),
    *_kind(
        "none",
        "No verdict",
        "Where too few pupils answered for one.",
        "measures",
        "{verdict}: {why}.",
        school=_FEW,
    ),
    *_kind(
        "then",
        "The figure of the wave before",
        "Where a figure can be compared with the wave before.",
        "measures",
        "{figure}.",
        school=(_figure("in June 2024 the figure for your pupils was 31"),),
        area=(
            _figure(
                "in the 7 schools that took part both times it was 31 in June 2024 and is 34 now"
            ),
        ),
    ),
    *_kind(
        "since-higher",
        "The verdict “higher than” in the wave before",
        "Where a figure is higher than it was by more than chance.",
        "measures",
        "{verdict}: {chance}.",
        school=_then("higher than", _SELDOM),
        area=_then("higher than", _SELDOM),
    ),
    *_kind(
        "since-lower",
        "The verdict “lower than” in the wave before",
        "Where a figure is lower than it was by more than chance.",
        "measures",
        "{verdict}: {chance}.",
        school=_then("lower than", _SELDOM),
        area=_then("lower than", _SELDOM),
    ),
    *_kind(
        "since-same",
        "The verdict “about the same as” in the wave before",
        "Where a change is small, or may be chance.",
        "measures",
        "{verdict}: {chance}.",
        school=_then("about the same as", _OFTEN),
        area=_then("about the same as", _OFTEN.removesuffix(" in a school of your size")),
    ),
    *_kind(
        "since-none",
        "No verdict on a change",
        "Where too few pupils answered for one.",
        "measures",
        "{verdict}: {why}.",
        school=_FEW,
        area=_FEW,
    ),
    *_kind(
        "hidden",
        "A figure that is not shown",
        "In the place of a figure that is held back.",
        "measures",
        "{what}: {hidden}. {why}",
        school=(
            Slot("what", "what the figure is of", "Pupils who said they are often alone"),
            Slot("hidden", "that it is not shown", "not shown"),
            Slot("why", "why", "Fewer than ten pupils answered."),
        ),
        area=(
            Slot("what", "what the figure is of", "Pupils who said they are often alone"),
            Slot("hidden", "that it is not shown", "not shown"),
            Slot("why", "why", "This topic is shown for larger areas only."),
        ),
    ),
)

KINDS: dict[str, Kind] = {kind.key: kind for kind in _ALL}
