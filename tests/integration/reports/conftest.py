"""One published wave of the small census, with its files and the fixed cast."""

import hashlib

import pytest

from reports import rendering
from reports.models import Build, RenderedFile
from schools.models import Authority, School
from tests import released
from tests.cast import Cast, build_cast


@pytest.fixture
def build(db: None) -> Build:
    return released.store()


@pytest.fixture
def cast(build: Build) -> Cast:
    one, two = School.objects.filter(key__in=("100001", "100002"))
    return build_cast(Authority.objects.get(code=released.BOROUGH), one, two)


@pytest.fixture
def files(build: Build) -> Build:
    """The files of Alder School and of one ward."""
    for kind, key in (("school", "100001"), ("ward", "W0")):
        for media in rendering.media_for(kind):
            content = rendering.render(build, kind, key, media)
            mark = hashlib.sha256(content).hexdigest()
            RenderedFile.objects.create(
                build=build,
                place_kind=kind,
                place_key=key,
                media=media,
                content=content,
                sha256=mark,
            )
    return build
