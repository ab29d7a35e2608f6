"""The pupil edition: a handful of topics in plain words, for a school's wellbeing group.

Only what is fit to lie on a table in a classroom: nothing sensitive, nothing hidden or rare, and
one good thing of each theme, so that no page lists what is wrong with anybody.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.charts import IconArray, IconPanel
from reports.charts.words import number
from reports.disclosure.released import Comparison, HeadlineCell
from reports.narrative import WORDS
from reports.presenters.drawings import chart_key
from reports.presenters.outline import Headline, Theme, Topic
from reports.presenters.sources import Source

MOST = 4  # topics: two pages, and a talk that does not run out of time
BETTER = "higher_better"


@dataclass(frozen=True)
class PupilTopic:
    """`sentences` says the picture's numbers and one of the three verdicts."""

    key: str
    title: str
    sentences: tuple[str, ...]
    chart: IconArray


@dataclass(frozen=True)
class PupilEdition:
    """n: pupils who took part, None where it is not published."""

    school: str
    wave: str
    borough: str
    made_up: bool
    n: int | None
    topics: tuple[PupilTopic, ...]


def pupil_edition(given: Source) -> PupilEdition:
    """From one school's released figures: the first topic of each theme that may be shown."""
    found = (next(_topics(given, theme), None) for theme in given.outline.themes)
    return PupilEdition(
        school=given.name,
        wave=given.wave,
        borough=given.borough_name,
        made_up=given.made_up,
        n=given.size(given.group()),
        topics=tuple(each for each in found if each)[:MOST],
    )


def _topics(given: Source, theme: Theme) -> Iterator[PupilTopic]:
    for topic in theme.topics:
        for head in topic.headlines:
            if _fit(head) and (told := _told(given, topic, head)):
                yield told


def _fit(head: Headline) -> bool:
    """A score's threshold needs explaining, so only what pupils answered themselves."""
    return head.direction == BETTER and not head.sensitive and not head.scored


def _told(given: Source, topic: Topic, head: Headline) -> PupilTopic | None:
    own = given.cube.cell(given.group(), head.key)
    everybody = given.cube.cell(given.beside(), head.key)
    compared = given.cube.comparison(given.group(), head.key)
    if not isinstance(own, HeadlineCell) or not isinstance(everybody, HeadlineCell):
        return None
    if own.percent is None or everybody.percent is None:
        return None  # too rare for a number
    if not isinstance(compared, Comparison) or compared.verdict is None:
        return None  # too few answers for a verdict
    here = f"{number(own.percent, 0, '')} in 100 pupils in our school {head.label}."
    there = f"In all schools it was {number(everybody.percent, 0, '')} in 100."
    verdict = f"{WORDS[compared.verdict]} in the other schools."
    panels = (
        IconPanel("Our school", own.percent, here),
        IconPanel("All schools", everybody.percent, there),
    )
    chart = IconArray(chart_key("pupils", head.key), head.name, panels, head.name, "Other pupils")
    return PupilTopic(topic.key, topic.title, (here, there, verdict), chart)
