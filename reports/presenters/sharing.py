"""One released headline as a picture to share; none of what is hidden or too near an end."""

from reports.charts.pictures import Crowd
from reports.charts.slides import Words
from reports.charts.words import rounded
from reports.disclosure.released import HeadlineCell
from reports.narrative import CellId, headline
from reports.presenters.imprint import MADE_UP, Imprint
from reports.presenters.sources import Source
from reports.presenters.view import voice_of


def picture(source: Source, measure: str, given: Imprint) -> Crowd | None:
    """A headline of all pupils of a public place; None where there is no percent to show."""
    for topic in source.outline.topics:
        for head in topic.headlines:
            cell = source.cube.cell(source.group(), measure)
            if head.key == measure and isinstance(cell, HeadlineCell) and cell.percent is not None:
                at = CellId(source.group(), measure)
                said = headline(voice_of(source), head.label, cell, at)
                warning = MADE_UP if given.made_up else ""
                words = Words(f"{topic.title}: {source.name}", given.source, warning)
                return Crowd(said.text, int(rounded(cell.percent, 0)), words)
    return None
