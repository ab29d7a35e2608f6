"""Does the same input still give the same release, byte for byte? Nothing is stored."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from reports import earlier, ledger, pipeline, rendering
from reports.models import Build
from schools.audit import record
from schools.keys import read_key
from schools.models import User
from surveys.refusal import Refused


@dataclass(frozen=True)
class Rebuilt:
    """How many documents and files were made again; `different` names those that differ."""

    documents: int
    files: int
    different: tuple[str, ...]


def rebuild(*, build: Build, by: User | None) -> Rebuilt:
    """Count a complete build's wave again, render every file again, and compare.

    Beside the ledger as it was then, in the words of then. A file is made from its place's document
    and these words alone, so files are rendered from the stored documents once these are known to
    be the same.

    Raises `Refused` where the build is not complete, and where answers, roll, names or rules are no
    longer those of the build.
    """
    if build.state != Build.State.COMPLETE:
        raise Refused(f"This build is not complete: {build.get_state_display().lower()}.")
    before = build.earlier.input_key if build.earlier else ""
    key = pipeline.input_key(build.wave, words=build.words, earlier=before)
    if not ledger.same_input(build, key):
        raise Refused(
            "The answers, the roll, the names or the rules are no longer those of this build, so "
            "it cannot be made again. What it published stands as it was stored."
        )
    with transaction.atomic():
        record(by=by, action="build.made_again", subject=str(build.pk))
    release_key = read_key("RELEASE_KEY")
    outcome = pipeline.run(
        build.wave,
        private_key=read_key("ANALYSIS_PRIVATE_KEY"),
        release_key=release_key,
        ledger=ledger.held_beside(build, release_key).entries,
        earlier=earlier.figures(build),
    )
    different = (*_documents(build, outcome), *_files(build))
    return Rebuilt(len(outcome.places), build.files.count(), different)


def _documents(build: Build, outcome: pipeline.Outcome) -> Iterator[str]:
    made = {
        (place.kind, place.key): (place.sha256, place.name, place.participation)
        for place in outcome.places
    }
    stored = {
        (place.kind, place.key): (place.sha256, place.name, place.participation)
        for place in build.places.defer("document")
    }
    for where in sorted(made.keys() | stored.keys()):
        if made.get(where) != stored.get(where):
            yield f"{' '.join(where)}: document"


def _files(build: Build) -> Iterator[str]:
    for file in build.files.order_by("place_kind", "place_key", "media"):
        again = rendering.render(build, file.place_kind, file.place_key, file.media)
        marks = {hashlib.sha256(each).hexdigest() for each in (again, bytes(file.content))}
        if marks != {file.sha256}:
            yield f"{file.place_kind} {file.place_key}: {file.media}"
