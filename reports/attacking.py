"""The attack on what is served: what there is to read, and what a neighbour knows of pupils."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reports import ledger, pipeline
from reports.artefacts import Served, served
from reports.codebook import measures as codebook
from reports.disclosure.attack import Findings, Release, attack
from reports.disclosure.ledger import Entry, units
from reports.disclosure.remainder import fill_unknown
from reports.disclosure.rules import STANDARD
from reports.models import Build, Publication
from schools.keys import read_key
from schools.models import User
from surveys.frames import people_frame
from surveys.models import Wave

if TYPE_CHECKING:
    import pandas as pd


class NothingToAttack(Exception):
    """The wave is not published, or what was published before cannot be read."""


@dataclass(frozen=True)
class Result:
    """What was read, how many pupils and earlier releases were known, and what was found."""

    served: Served
    pupils: int
    earlier: int
    findings: Findings


def attack_wave(
    wave: Wave, *, by: User, measures: int | None = None, seconds: float = math.inf
) -> Result:
    """Attack what is served of a wave to `by`, beside all that was ever published of it.

    Reads no answers. Earlier releases are no longer served: their stored documents are what
    somebody may have kept, and the ledger says who was counted in them; each count that they
    state is checked against it.
    """
    publication = Publication.objects.filter(wave=wave).first()
    if publication is None:
        raise NothingToAttack(f"{wave} is not published.")
    read = served(wave.key, by)
    key = read_key("RELEASE_KEY")
    builds = [each for each in ledger.ever_public(wave) if each.pk != publication.build_id]
    known = neighbours(wave, key)
    earlier = []
    if builds:
        earlier = [_release(build, key) for build in reversed(builds)]
        states = _release(publication.build, key).population.set_index("pupil")["state"]
        known = known.assign(state=known["pupil"].map(states))
    findings = attack(
        read.documents,
        known,
        STANDARD,
        measures=codebook(wave.questionnaire.definition, wave.year_groups),
        earlier=earlier,
        bounded=measures,
        seconds=seconds,
    )
    return Result(read, len(known), len(earlier), findings)


def neighbours(wave: Wave, key: bytes) -> "pd.DataFrame":
    """What a neighbour knows of those who took part: no answers. As pupils are counted, so with
    unknown facts filled: more than anybody can know."""
    people, _ = fill_unknown(people_frame(wave), pipeline.FILLED, key)
    return people[list(pipeline.DIMS)].assign(pupil=units(people, [], key)["pupil"])


def _release(build: Build, key: bytes) -> Release:
    """What a build published, and who was in it."""
    import pandas as pd

    entry = Entry.from_bytes(ledger.entry(build, key))
    population = pd.DataFrame({"pupil": entry.pupils, "state": entry.states})
    members = pd.DataFrame(entry.members[entry.pattern], columns=list(entry.columns))
    return Release(_documents(build), population, members)


def _documents(build: Build) -> Sequence[Mapping[str, Any]]:
    return [place.document for place in build.places.all()]
