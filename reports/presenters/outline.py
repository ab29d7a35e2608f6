"""The parts of a questionnaire that results are told by: themes, topics, and what is measured."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from surveys.frames import Questionnaire

ABOUT = "about"  # the theme of questions about the pupil, which are no results


@dataclass(frozen=True)
class Headline:
    """`label` completes "34 in 100 pupils …". `scored`: by a scale's score, not by answers."""

    key: str
    label: str
    direction: str | None
    sensitive: bool = False
    scored: bool = False

    @property
    def name(self) -> str:
        """As a heading: "Pupils who …"."""
        return f"Pupils who {self.label}"


@dataclass(frozen=True)
class Score:
    """One score column with the ends of its scale."""

    key: str
    title: str
    low: float
    high: float
    direction: str | None

    @property
    def name(self) -> str:
        """As a heading: "Life satisfaction: average score"."""
        return f"{self.title}: average score"


@dataclass(frozen=True)
class Answer:
    """One choice; `counts` is False for "don't know" and "prefer not to say"."""

    code: int
    label: str
    counts: bool


@dataclass(frozen=True)
class Part:
    """One column of answers: a whole question, or one box of a tick-all question."""

    key: str
    label: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Question:
    """One part, or one a box where pupils could tick `many`."""

    key: str
    text: str
    parts: tuple[Part, ...]
    many: bool = False


@dataclass(frozen=True)
class Topic:
    key: str
    title: str
    headlines: tuple[Headline, ...]
    scores: tuple[Score, ...]
    questions: tuple[Question, ...]

    @property
    def figures(self) -> "tuple[Figure, ...]":
        """Headlines, then scores."""
        return (*self.headlines, *self.scores)


Figure = Headline | Score


@dataclass(frozen=True)
class Theme:
    key: str
    title: str
    topics: tuple[Topic, ...]


@dataclass(frozen=True)
class Outline:
    themes: tuple[Theme, ...]
    citations: tuple[str, ...]

    @property
    def topics(self) -> tuple[Topic, ...]:
        """Every topic, in the order of the themes."""
        return tuple(topic for theme in self.themes for topic in theme.topics)


def outline(definition: "Questionnaire") -> Outline:
    """Themes without a result, such as the questions about the pupil, are left out."""
    questions, scores = _questions(definition), _scores(definition)
    themes = []
    for theme in definition.themes:
        topics = tuple(
            _topic(topic, questions, scores)
            for topic in definition.topics
            if topic.theme == theme.key and (topic.headlines or topic.scale)
        )
        if topics and theme.kind != ABOUT:
            themes.append(Theme(theme.key, theme.title, topics))
    citations = dict.fromkeys(scale.citation for scale in definition.scales if scale.citation)
    return Outline(tuple(themes), tuple(citations))


def _topic(
    topic: Any, questions: Mapping[str, Question], scores: Mapping[str, tuple[Score, ...]]
) -> Topic:
    return Topic(
        topic.key,
        topic.title,
        tuple(
            Headline(each.key, each.label, each.direction, each.sensitive, each.score is not None)
            for each in topic.headlines
        ),
        scores.get(topic.scale, ()),
        tuple(questions[key] for key in topic.items),
    )


def _questions(definition: "Questionnaire") -> dict[str, Question]:
    # Here, not above: the door's module knows the database, and this room does not need it.
    from surveys.frames import columns

    parts: dict[str, list[Part]] = {}
    ticked = set()
    for column in columns(definition):
        answers = tuple(Answer(code, label, kind == "answer") for code, label, kind in column.codes)
        parts.setdefault(column.item, []).append(Part(column.key, column.text, answers))
        if column.option is not None:
            ticked.add(column.item)
    return {
        key: Question(key, definition.items[key].text, tuple(each), key in ticked)
        for key, each in parts.items()
    }


def _scores(definition: "Questionnaire") -> dict[str, tuple[Score, ...]]:
    from surveys.frames import score_columns

    found: dict[str, tuple[Score, ...]] = {}
    for column in score_columns(definition):
        score = Score(column.key, column.title, column.low, column.high, column.direction)
        found[column.scale] = (*found.get(column.scale, ()), score)
    return found
