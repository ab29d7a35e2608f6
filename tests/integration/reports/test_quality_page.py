"""The quality page: for those with a duty, and without headlines before these are released."""

import pytest

from reports.models import Build, PublicationEvent, QualityRecord
from reports.quality.sections import Section
from schools.models import AuditEntry
from tests.cast import Cast
from tests.integration.conftest import client_of

SEES = {"data_team", "analyst", "releaser_1", "releaser_2"}
SECTIONS = (
    Section("coverage", "Coverage", "1,000 pupils answered.", ("Pupils",), (("All <of> them",),)),
    Section("weighted", "Weighted to the roll", "", ("Pupils who", "All"), (("slept", "41.7 %"),)),
    Section("sensitivity", "Flags", "Some.", ("Pupils who", "All"), (("slept", "41.8 %"),)),
)


@pytest.fixture
def recorded(build: Build) -> Build:
    document = {"sections": [each.to_document() for each in SECTIONS]}
    QualityRecord.objects.create(build=build, document=document, sha256="0" * 64)
    return build


def test_who_sees_it(recorded: Build, cast: Cast) -> None:
    address = f"/builds/{recorded.pk}/quality/"
    for name, person in cast.items():
        status = client_of(person).get(address).status_code
        expected = 302 if name == "stranger" else 200 if name in SEES else 404
        assert status == expected, name
    entries = AuditEntry.objects.filter(action="quality.seen", subject=str(recorded.pk))
    assert len(entries) == len(SEES)
    assert address in client_of(cast.analyst).get(f"/builds/{recorded.pk}/").content.decode()


def test_headlines_wait_for_their_release(recorded: Build, cast: Cast) -> None:
    def shown(person: object) -> str:
        return client_of(person).get(f"/builds/{recorded.pk}/quality/").content.decode()

    for person in (cast.analyst, cast.data_team):
        assert "1,000 pupils answered" in shown(person)
        assert "All &lt;of&gt; them" in shown(person)
        assert "41." not in shown(person)
        assert "Shown once these figures are released" in shown(person)
    assert "41.7 %" in shown(cast.releaser_1)
    PublicationEvent.objects.create(wave=recorded.wave, build=recorded, note="First.")
    assert "41.7 %" in shown(cast.analyst)
    assert "41.8 %" in shown(cast.analyst)


def test_a_build_without_a_record_has_no_page(build: Build, cast: Cast) -> None:
    client = client_of(cast.analyst)
    assert client.get(f"/builds/{build.pk}/quality/").status_code == 404
    assert "/quality/" not in client.get(f"/builds/{build.pk}/").content.decode()
