"""Two waves of the small census as published builds, with their files, made once for the walk."""

import hashlib
import json
from typing import Any

import pytest
from django.test import Client

from reports import rendering
from reports.models import Build, ExternalTable, PublicationEvent, RenderedFile
from schools.models import Membership, Role, School, User
from tests import released
from tests.flow.every_number.formulas import wilson
from tests.flow.every_number.truth import Truth

# The school has a name that has to be escaped, and 62.5 in 100 of its roll took part.
BIRCH, NORTH, FEN = "school/100002", "locality/north", "ward/W0"
BOROUGH = f"borough/{released.BOROUGH}"
NOT_COMPARED = "It was asked in another way before 2026."
OWN_WORDS = [
    {
        "kind": "school-headline", "measure": "enough_sleep", "school": "",
        "pattern": "Here {figure}. If we came back, it would be {range}.",
    },
    {
        "kind": "area-score", "measure": "", "school": "",
        "pattern": "Of {scale}, {figure}. Look for it {range}.",
    },
]  # fmt: skip


@pytest.fixture(scope="module")
def truth(kept_database: None) -> Truth:
    build = released.store_second()
    made_richer(build)
    ExternalTable.objects.create(authority=build.wave.authority, figures=[released.OUTSIDE])
    PublicationEvent.objects.create(wave=build.wave, build=build, note="First figures.")
    for place in (BIRCH, NORTH, BOROUGH, FEN):
        kind, key = place.split("/")
        for media in rendering.media_for(kind):
            content = rendering.render(build, kind, key, media)
            mark = hashlib.sha256(content).hexdigest()
            RenderedFile.objects.create(
                build=build, place_kind=kind, place_key=key, media=media, content=content,
                sha256=mark,
            )  # fmt: skip
    return Truth(build)


def made_richer(build: Build) -> None:
    """What the small census has no case of: a council's own words, a figure that may not be
    compared with the wave before, and groups of a school that lie apart."""
    build.words = OWN_WORDS
    build.save()
    for place in build.places.all():
        document = place.document
        document["apart"] = {NOT_COMPARED: ["calm_often"]}
        for row in document["since"].values():
            row.pop("calm_often", None)
        if f"{place.kind}/{place.key}" == BIRCH:
            for sex, count, n in (("F", 38, 68), ("M", 12, 82)):
                replaced(document, f"{place.kind}:{place.key}|sex={sex}", count, n)
        place.sha256 = hashlib.sha256(json.dumps(document).encode()).hexdigest()
        place.save()


def replaced(document: dict[str, Any], group: str, count: int, n: int) -> None:
    """So many of n pupils of a group rate their life highly; nothing is compared with it."""
    share, low, high = (round(100 * each, 1) for each in wilson(count, n))
    cell = ["h", n, count, share, low, high, f"{share:g} %"]
    document["cells"][group]["life_high"] = cell
    for beside in ("comparisons", "since"):
        document[beside][group].pop("life_high")


@pytest.fixture(scope="module")
def lead(truth: Truth) -> Client:
    """A lead of the school."""
    school = School.objects.get(key=BIRCH.partition("/")[2])
    user = User.objects.create(email="lead@example.org", name="Lead")
    Membership.objects.create(
        user=user, role=Role.SCHOOL_LEAD, authority=school.authority, school=school
    )
    client = Client()
    client.force_login(user)
    return client
