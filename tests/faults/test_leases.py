"""Work is held by a lease in the database: one worker at a time, and nothing is lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reports.actions import builds
from reports.models import Build, BuildStep, ReleasedPlace, RenderedFile
from tests.waves import borough, collected_wave

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def build(settings, monkeypatch: pytest.MonkeyPatch) -> Build:  # type: ignore[no-untyped-def]
    """A build that has been asked for, with nobody at work on it."""
    offered: list[object] = []
    monkeypatch.setattr(builds, "_offer_count", offered.append)
    authority, schools = borough()
    return builds.request_build(wave=collected_wave(authority, schools), by=None)


def test_two_workers_get_one_piece_of_work_once(build: Build) -> None:
    assert build.claim() is not None
    assert build.claim() is None


def test_a_lease_that_ran_out_is_taken_over_and_its_first_holder_cannot_store(build: Build) -> None:
    first = build.claim()
    assert first
    Build.objects.filter(pk=build.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    second = build.claim()
    assert second
    assert not build.renew(first)
    assert not build.settle(first, state=Build.State.RENDERING)
    assert build.settle(second, state=Build.State.RENDERING)


@pytest.fixture
def opening(build: Build) -> Build:
    """The same, as it was before any school was opened."""
    Build.objects.update(state=Build.State.OPENING)
    BuildStep.objects.update(state=BuildStep.State.WAITING)
    return build


def test_counting_waits_for_the_last_school(
    opening: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[str] = []
    monkeypatch.setattr(builds, "_offer_count", offered.append)
    first, *others = opening.steps.values_list("pk", flat=True)
    builds.open_school(first)
    assert not opening.claim()
    for step in others:
        assert offered == []
        builds.open_school(step)
    assert offered == [str(opening.pk)]
    builds.open_school(first)  # delivered twice
    assert offered == [str(opening.pk)]
    assert opening.claim()


def test_a_school_whose_worker_died_is_opened_by_another(opening: Build) -> None:
    step = opening.steps.first()
    assert step is not None
    assert step.claim()  # and then its worker dies
    builds.sweep()
    opening.refresh_from_db()
    assert opening.state == Build.State.OPENING
    BuildStep.objects.filter(pk=step.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    builds.sweep()
    opening.refresh_from_db()
    assert opening.state == Build.State.COUNTING


def test_a_wave_that_nobody_answered_goes_on_to_counting(opening: Build) -> None:
    BuildStep.objects.all().delete()
    builds.sweep()
    opening.refresh_from_db()
    assert opening.state == Build.State.COUNTING


def test_a_worker_that_lost_its_lease_leaves_nothing_behind(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken_over(self: Build, owner: object, **values: object) -> bool:
        return False

    monkeypatch.setattr(Build, "settle", taken_over)
    builds.count(str(build.pk))
    assert ReleasedPlace.objects.count() == 0
    assert not BuildStep.objects.exclude(media=BuildStep.ANSWERS).exists()
    build.refresh_from_db()
    assert build.state == Build.State.COUNTING
    assert build.error == ""


def test_counting_twice_gives_one_set_of_documents(build: Build) -> None:
    builds.count(str(build.pk))
    before = dict(ReleasedPlace.objects.values_list("key", "sha256"))
    builds.count(str(build.pk))
    assert dict(ReleasedPlace.objects.values_list("key", "sha256")) == before
    build.refresh_from_db()
    assert build.state == Build.State.COMPLETE
    assert RenderedFile.objects.count() == build.steps.count() > 0


def test_the_sweeper_finishes_what_a_dead_worker_left(build: Build) -> None:
    assert build.claim()  # and then its worker dies
    builds.sweep()
    build.refresh_from_db()
    assert build.state == Build.State.COUNTING  # the lease still runs: nobody may touch it
    Build.objects.filter(pk=build.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    # What the sweeper offers is run in line here, as without a broker.
    from reports import tasks

    for pk in Build.objects.free().values_list("pk", flat=True):
        tasks.count.delay(str(pk))
    build.refresh_from_db()
    assert build.state == Build.State.COMPLETE


def test_a_failure_is_stored_with_a_reason_and_no_value_of_a_row(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise ValueError("pupil 17 answered 4")

    monkeypatch.setattr("reports.pipeline.run", broken)
    with pytest.raises(ValueError, match="pupil 17"):
        builds.count(str(build.pk))
    build.refresh_from_db()
    assert build.state == Build.State.FAILED
    assert "ValueError" in build.error
    assert "17" not in build.error


def test_a_failed_build_can_be_asked_for_again(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    Build.objects.update(state=Build.State.FAILED, error="The disk was full.")
    again = builds.request_build(wave=build.wave, by=None)
    assert again.pk == build.pk
    builds.count(str(build.pk))
    again.refresh_from_db()
    assert again.state == Build.State.COMPLETE
    assert again.error == ""


def test_work_that_never_ends_is_given_up(build: Build) -> None:
    Build.objects.update(attempts=5, lease_until=timezone.now() - timedelta(seconds=1))
    builds.sweep()
    build.refresh_from_db()
    assert build.state == Build.State.FAILED
    assert "attempt" in build.error


def test_the_same_input_gives_the_same_build_and_a_new_answer_another(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        builds, "_offer_step", lambda step: None
    )  # the new answer is none that opens
    same = builds.request_build(wave=build.wave, by=None)
    assert same.pk == build.pk
    page = build.wave.responses.first().pages.first()
    type(page).objects.filter(pk=page.pk).update(seq=page.seq + 1)
    assert builds.request_build(wave=build.wave, by=None).pk != build.pk
