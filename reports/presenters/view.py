"""Whose figures are looked at: a group of a place, and how it is spoken of."""

from collections.abc import Mapping
from dataclasses import dataclass

from reports.disclosure.released import AnswersCell, Hidden, Since
from reports.narrative import Shown, Voice
from reports.presenters import labels
from reports.presenters.sources import Source


@dataclass(frozen=True)
class View:
    """Whose figures are looked at, and how they are spoken of.

    whole: with the figures by group and the answers to every question, which a page shows on
    request.
    """

    source: Source
    values: labels.Values
    voice: Voice
    whole: bool = True

    @property
    def group(self) -> str:
        """Id of the group looked at."""
        return self.source.group(self.values)

    @property
    def beside(self) -> str:
        """Id of the borough's group of the same values."""
        return self.source.beside(self.values)

    def cell(self, group: str, measure: str) -> Shown | Hidden:
        """A headline's or score's cell, or why there is none."""
        found = self.source.cube.cell(group, measure)
        if isinstance(found, AnswersCell):
            raise TypeError(f"{measure} holds answers, not one figure")
        return found

    @property
    def since(self) -> Mapping[str, Since]:
        """The changes of the group looked at since the wave before, by measure."""
        return self.source.cube.since.get(self.group, {})

    @property
    def own(self) -> str:
        """Who the figures are of, as a key of a chart."""
        people = labels.pupils(self.values)
        return f"Your {people}" if self.source.place.kind == "school" else self.source.name

    @property
    def others(self) -> str:
        """Whom they are held against."""
        school = self.source.place.kind == "school"
        return "All schools" if school else self.source.borough_name


def voice_of(source: Source, values: labels.Values = ()) -> Voice:
    """To a school about its own pupils, to anybody about those of an area; in the build's words."""
    people = labels.pupils(values)
    if source.place.kind == "school":
        return Voice.of_school(people, source.words)
    return Voice.of_area(people, source.name, source.borough_name, source.words)


def view_of(source: Source, values: labels.Values = (), *, whole: bool = True) -> View:
    """A place's group, spoken of as its kind of place is."""
    return View(source, values, voice_of(source, values), whole)
