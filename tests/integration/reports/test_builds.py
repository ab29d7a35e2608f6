"""Building and releasing: who may, and what stands between a build and the public."""

import pytest

from reports.models import Build, Publication
from schools.models import AuditEntry
from surveys.models import Link
from tests.integration.conftest import World, client_of
from tests.waves import collected_wave


@pytest.fixture
def second(world: World) -> Build:
    """A complete build of a second wave that nobody has approved yet."""
    wave = collected_wave(world.authority, world.schools, key="wave-2")
    client_of(world.cast.data_team).post(f"/builds/ask/{wave.key}/")
    return Build.objects.get(wave=wave)


SEES = {"data_team", "analyst", "releaser_1", "releaser_2"}


def test_only_those_with_a_duty_see_builds(world: World, second: Build) -> None:
    for name, person in world.cast.items():
        for address in ("/builds/", f"/builds/{second.pk}/", f"/builds/{second.pk}/progress/"):
            status = client_of(person).get(address).status_code
            expected = 302 if name == "stranger" else 200 if name in SEES else 404
            assert status == expected, (name, address)


def test_only_the_data_team_asks_for_builds(world: World, second: Build) -> None:
    for name, person in world.cast.items():
        status = client_of(person).post(f"/builds/ask/{world.wave.key}/").status_code
        expected = 302 if name in {"data_team", "stranger"} else 404
        assert status == expected, name


def test_a_build_is_counted_controlled_and_complete(second: Build) -> None:
    assert second.state == Build.State.COMPLETE
    assert second.report["attack"]["found"] == []
    assert second.report["control"]["certificates"][0]["smallest"] >= 10
    assert second.report["pupils"] == 160
    assert {place.kind for place in second.places.all()} == {"borough", "school"}
    assert second.files.filter(media="pdf").count() == 4


def test_two_different_people_release(world: World, second: Build) -> None:
    first, other = client_of(world.cast.releaser_1), client_of(world.cast.releaser_2)
    approve, publish = f"/builds/{second.pk}/approve/", f"/builds/{second.pk}/publish/"
    note = {"note": "Second wave."}

    def public() -> bool:
        return Publication.objects.filter(build=second).exists()

    first.post(publish, note)
    assert not public()
    first.post(approve)
    first.post(approve)
    first.post(publish, note)
    assert second.approvals.count() == 1
    assert not public()
    other.post(approve)
    other.post(publish, {"note": " "})
    assert not public()
    other.post(publish, note)
    assert public()
    assert AuditEntry.objects.filter(action="build.published", subject=str(second.pk)).count() == 1


def test_nobody_else_approves_or_publishes(world: World, second: Build) -> None:
    for name, person in world.cast.items():
        if name.startswith("releaser"):
            continue
        for what in ("approve", "publish"):
            status = client_of(person).post(f"/builds/{second.pk}/{what}/").status_code
            assert status == (302 if name == "stranger" else 404), (name, what)
    assert second.approvals.count() == 0


def test_the_same_input_gives_the_published_build(world: World) -> None:
    client_of(world.cast.data_team).post(f"/builds/ask/{world.wave.key}/")
    assert Build.objects.get(wave=world.wave) == Publication.objects.get(wave=world.wave).build


def test_a_wave_of_nobody_is_refused_in_words(world: World, second: Build) -> None:
    Link.objects.filter(response__wave=second.wave).update(outcome=Link.Outcome.NOT_ON_ROLL)
    client_of(world.cast.data_team).post(f"/builds/ask/{second.wave.key}/")
    failed = Build.objects.get(wave=second.wave, state=Build.State.FAILED)
    assert "Nobody's answers are linked in this wave" in failed.error
