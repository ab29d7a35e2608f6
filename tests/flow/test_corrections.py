"""A wave released for real, then made again, corrected and taken back, beside its ledger."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from reports import queries
from reports.actions import builds, rebuilds, releases
from reports.models import Build, ReleasedPlace, RenderedFile
from schools.models import School
from surveys.models import Link, Wave
from surveys.refusal import Refused
from tests.cast import Cast, build_cast
from tests.waves import borough, collected_wave

pytestmark = pytest.mark.django_db
LATE, FEW = 40, 4


@dataclass(frozen=True)
class Town:
    cast: Cast
    wave: Wave
    late: School
    first: Build


@pytest.fixture(scope="module")
def town(kept_database: None) -> Town:
    """Five schools, of which the last was late for the first release; so were four pupils."""
    authority, schools = borough(schools=5)
    cast = build_cast(authority, schools[0], schools[1])
    wave = collected_wave(authority, schools, pupils=LATE)
    set_aside(wave, schools[-1], LATE)
    set_aside(wave, schools[0], FEW)
    return Town(cast, wave, schools[-1], released(built(wave), cast, "First."))


def set_aside(wave: Wave, school: School, pupils: int) -> None:
    links = Link.objects.filter(response__wave=wave, school=school).order_by("person")
    aside = [link.pk for link in links[:pupils]]
    Link.objects.filter(pk__in=aside).update(outcome=Link.Outcome.DUPLICATE)


def built(wave: Wave) -> Build:
    build = builds.request_build(wave=wave, by=None)
    build.refresh_from_db()
    return build


@pytest.fixture
def build_in_test(django_capture_on_commit_callbacks: Any) -> Callable[[Wave], Build]:
    """Inside a test nothing is committed, so what begins after commit is begun here."""

    def build(wave: Wave) -> Build:
        with django_capture_on_commit_callbacks(execute=True):
            made = builds.request_build(wave=wave, by=None)
        made.refresh_from_db()
        return made

    return build


def released(build: Build, cast: Cast, note: str) -> Build:
    for person in (cast.releaser_1, cast.releaser_2):
        releases.approve(build=build, by=person)
    releases.publish(build=build, by=cast.releaser_1, note=note)
    return build


def marks(build: Build) -> dict[tuple[str, ...], str]:
    documents = build.places.values_list("kind", "key", "sha256")
    files = build.files.values_list("place_kind", "place_key", "media", "sha256")
    return {tuple(row[:-1]): row[-1] for row in (*documents, *files)}


def test_the_public_build_can_be_made_again_byte_for_byte(town: Town) -> None:
    out = io.StringIO()
    call_command("rebuild_release", town.wave.key, stdout=out)
    # The borough has a table and no report.
    assert f"5 documents and 17 files of build {town.first.pk}" in out.getvalue()


def test_a_changed_byte_is_named(town: Town) -> None:
    file = RenderedFile.objects.filter(build=town.first, media="pdf").first()
    assert file is not None
    ReleasedPlace.objects.filter(build=town.first, kind="borough").update(sha256="0" * 64)
    RenderedFile.objects.filter(pk=file.pk).update(content=bytes(file.content) + b" ")
    with pytest.raises(CommandError) as caught:
        call_command("rebuild_release", town.wave.key)
    assert str(caught.value).splitlines()[1:] == [
        "borough X90000001: document",
        f"school {file.place_key}: pdf",
    ]


def test_a_build_that_was_deleted_comes_back_the_same(town: Town, build_in_test: Any) -> None:
    wave = collected_wave(town.wave.authority, list(town.wave.schools.all()), key="another")
    one = build_in_test(wave)
    before, mark, key = marks(one), one.input_key, one.pk
    one.delete()
    two = build_in_test(wave)
    assert (two.input_key, marks(two)) == (mark, before)
    assert two.pk != key
    assert len(before) == 6 + 21


def test_a_few_more_pupils_cannot_be_told_beside_the_first_release(
    town: Town, build_in_test: Any
) -> None:
    first = Link.objects.filter(response__wave=town.wave, school__key="900001")
    assert first.filter(outcome=Link.Outcome.DUPLICATE).update(outcome=Link.Outcome.LINKED) == FEW
    build_in_test(town.wave)
    build = Build.objects.filter(wave=town.wave).exclude(pk=town.first.pk).get()
    assert build.state == Build.State.FAILED
    assert "too few whose answers have changed since the last release" in build.error
    assert not build.places.exists()
    with pytest.raises(Refused, match="not complete"):
        releases.approve(build=build, by=town.cast.releaser_1)


def test_a_late_school_is_a_correction_and_can_be_taken_back(
    town: Town, build_in_test: Any
) -> None:
    late = Link.objects.filter(response__wave=town.wave, school=town.late)
    late.update(outcome=Link.Outcome.LINKED)
    second = released(build_in_test(town.wave), town.cast, "A late school is in.")
    assert second.report["before"] == 1
    assert second.report["pupils"] == town.first.report["pupils"] + LATE
    assert queries.published(town.wave.key) == second
    assert rebuilds.rebuild(build=second, by=None).different == ()
    late.update(outcome=Link.Outcome.DUPLICATE)
    releases.publish(build=town.first, by=town.cast.releaser_1, note="It was not asked.")
    kinds = list(town.wave.publication_events.values_list("kind", flat=True))
    assert kinds == ["roll_back", "correction", "release"]
    # Both can still be made again, each beside what was public when it was counted.
    assert rebuilds.rebuild(build=town.first, by=None).different == ()
    with pytest.raises(Refused, match="no longer those of this build"):
        rebuilds.rebuild(build=second, by=None)
    # The same input again is the first build, though another was published since.
    assert builds.request_build(wave=town.wave, by=None) == town.first


def test_a_wave_without_such_a_build(town: Town) -> None:
    for options in ({}, {"build": "nonsense"}, {"build": "0" * 32}):
        with pytest.raises(CommandError, match="no such build"):
            call_command("rebuild_release", "nowhere", **options)
