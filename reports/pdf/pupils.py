"""Two pages for pupils: what pupils said, in dots, and what to talk about next."""

from collections.abc import Iterable, Iterator
from typing import Any

from reportlab.platypus import KeepInFrame, PageBreak, Spacer

from reports.pdf.document import HEIGHT, WIDTH
from reports.pdf.flowables import Figure, Heading, bullets, text, title
from reports.pdf.styles import CAPTION, LEAD
from reports.presenters import PupilEdition
from reports.presenters.pupils import PupilTopic

FIRST = 2  # topics on the first page, under what the paper is
READING = (
    "Each picture has 100 dots. Each dot stands for 1 in every 100 pupils.",
    "A full dot is a pupil who said this. An empty dot is a pupil who did not.",
    "Not all pupils took part, and no two years are the same. A small gap may be luck.",
    "We say one of three things: higher than, lower than, or about the same as in the other "
    "schools.",
    "No one can find out what you said from this paper.",
)
TALK = (
    "Which picture was not what you thought it would be?",
    "Pick one picture. What do you think it is like for the pupils with an empty dot?",
    "What is one thing that our school does well and should keep?",
    "What is one thing that you would like to try? Who could help?",
    "What should we ask pupils next?",
)
HELP = (
    "Talk about pupils in general. Do not ask anyone what they said. If something here is on your "
    "mind, talk to an adult you trust, or call Childline free on 0800 1111."
)
NOTHING = "Too few pupils took part to show you what they said. That keeps all answers private."


def story(edition: PupilEdition) -> list[Any]:
    """Two frames: long words make the type smaller, never a third page."""
    first = [*_front(edition), *_topics(edition.topics[:FIRST])]
    second = [*_topics(edition.topics[FIRST:]), *_talk()]
    pages = (KeepInFrame(WIDTH, HEIGHT, page, mode="shrink") for page in (first, second))
    return [next(pages), PageBreak(), next(pages)]


def _front(edition: PupilEdition) -> Iterator[Any]:
    yield text(f"This paper is for pupils. {edition.wave}", CAPTION)
    yield title(f"What pupils said: {edition.school}")
    took_part = NOTHING
    if edition.n is not None and edition.topics:
        took_part = f"{edition.n} pupils in our school took part. Here is some of what they said."
    yield text(took_part, LEAD)
    yield Heading.at(0, "How to read the dots", "dots")
    yield from bullets(READING)


def _topics(topics: Iterable[PupilTopic]) -> Iterator[Any]:
    for topic in topics:
        yield Heading.at(0, topic.title, f"topic-{topic.key}")
        yield text(" ".join(topic.sentences), LEAD)
        yield Figure(topic.chart, WIDTH)
        yield Spacer(1, 4)


def _talk() -> Iterator[Any]:
    yield Heading.at(0, "What to talk about next", "talk")
    yield from bullets(TALK)
    yield Spacer(1, 6)
    yield text(HELP, LEAD)
