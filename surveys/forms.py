"""A page of questions as a form: what each question shows, chosen or typed so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from surveys.definition import Item, Option

# Above this many numbers a person types rather than looks for one among many buttons.
MOST_BUTTONS = 11

TEMPLATES = {
    "choice": "surveys/pupil/questions/choice.html",
    "multi": "surveys/pupil/questions/ticks.html",
    "number": "surveys/pupil/questions/scale.html",
    "percent": "surveys/pupil/questions/typed.html",
}


@dataclass(frozen=True)
class Shown:
    """One option on the page, and whether it is chosen."""

    code: int
    label: str
    chosen: bool
    id: str
    symbol: str = ""

    @property
    def has_words(self) -> bool:
        return self.label != str(self.code)

    @property
    def words(self) -> str:
        """A number with what it stands for, such as "0 Not at all"."""
        number = str(self.code)
        return self.label if self.label.startswith(number) else f"{number} {self.label}"


@dataclass(frozen=True)
class Question:
    """One question with the raw values given so far and what is wrong with them."""

    item: Item
    given: tuple[str, ...]
    problem: str = ""

    @property
    def key(self) -> str:
        return self.item.key

    @property
    def template(self) -> str:
        kind = self.item.kind.name
        typed = kind == "number" and len(self.answers) > MOST_BUTTONS
        return TEMPLATES["percent" if typed else kind]

    @property
    def answers(self) -> list[Shown]:
        return [self._shown(o) for o in self.item.kind.options if o.kind == "answer"]

    @property
    def apart(self) -> list[Shown]:
        """ "Don't know" and "prefer not to say": on the page, but set apart from the answers."""
        return [self._shown(o) for o in self.item.kind.options if o.kind != "answer"]

    @property
    def typed(self) -> str:
        apart = {str(option.code) for option in self.apart}
        return next((value for value in self.given if value not in apart), "")[:20]

    @property
    def unit(self) -> str:
        return "%" if self.item.kind.name == "percent" else ""

    @property
    def bounds(self) -> tuple[int, int]:
        codes = self.item.kind.answer_codes()
        return min(codes), max(codes)

    @property
    def described_by(self) -> str:
        """Ids of what a screen reader adds to the question: its help and its problem."""
        parts = [("help", self.item.help), ("problem", self.problem)]
        return " ".join(f"{self.key}-{name}" for name, text in parts if text)

    def _shown(self, option: Option) -> Shown:
        chosen = str(option.code) in self.given
        return Shown(option.code, option.label, chosen, f"{self.key}-{option.code}", option.symbol)


def saved_questions(items: Sequence[Item], answers: Mapping[str, Any]) -> list[Question]:
    """The questions of a page with the answers saved so far."""
    return [Question(item, _raw(answers.get(item.key))) for item in items]


def posted_questions(
    items: Sequence[Item], data: Mapping[str, Sequence[str]], problems: Mapping[str, str]
) -> list[Question]:
    """The questions of a page as a person sent them, right or wrong: nothing typed is lost."""
    return [
        Question(item, tuple(data.get(item.key, ())), problems.get(item.key, "")) for item in items
    ]


def _raw(answer: Any) -> tuple[str, ...]:
    if answer is None:
        return ()
    return tuple(map(str, answer)) if isinstance(answer, list) else (str(answer),)
