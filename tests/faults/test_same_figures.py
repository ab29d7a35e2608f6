"""The same pupils give the same figures: schools in another order, SQLite and PostgreSQL, in line
and by two workers, with one of them killed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection, transaction

from reports.actions import builds
from reports.models import Build, BuildStep
from surveys.models import CodedSchool
from tests.faults.figures import KEYS, digests, make_wave
from tests.faults.test_workers import (
    REDIS,
    ROOT,
    Workers,
    finished,
    run_out,
    swept_and_finished,
    wait_until,
    workers,
)

__all__ = ["workers"]  # a fixture

pytestmark = pytest.mark.django_db(transaction=True)
real_workers = [
    pytest.mark.postgres,
    pytest.mark.redis,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="DATABASE_URL is not PostgreSQL"),
    pytest.mark.skipif(not REDIS, reason="TEST_REDIS_URL is not set: no Redis to talk to"),
]


@pytest.fixture(scope="module")
def expected(key_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """On SQLite, in line, the schools in their order: by a process with nothing else set."""
    unset = ("DATABASE_URL", "CELERY_BROKER_URL")
    environment = {key: value for key, value in os.environ.items() if key not in unset}
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.figures", *KEYS],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env={
            **environment,
            "DJANGO_SETTINGS_MODULE": "census.settings",
            "DEBUG": "1",
            "DATA_DIR": str(tmp_path_factory.mktemp("elsewhere")),
            "KEY_DIR": str(key_dir),
        },
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    assert len(found) > 3 * len(KEYS)
    return found


def test_schools_in_another_order_in_line_and_again_from_kept_codes(
    expected: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    wave = make_wave(KEYS[::-1])
    build = builds.request_build(wave=wave, by=None)
    assert finished(build)
    assert digests(build) == expected
    build.delete()
    monkeypatch.delattr("surveys.snapshot.open_linked")
    again = builds.request_build(wave=wave, by=None)
    assert finished(again)
    assert digests(again) == expected


class TestWorkers:
    """On PostgreSQL, with real workers."""

    pytestmark = real_workers

    def test_two_side_by_side(self, expected: dict[str, str], workers: Workers) -> None:
        build = builds.request_build(wave=make_wave(KEYS[::-1]), by=None)
        workers.start()
        workers.start()
        wait_until(lambda: finished(build))
        assert digests(build) == expected
        opened = [
            workers.log(name).read_text().count("tasks.open_school[") for name in ("w0", "w1")
        ]
        assert sum(opened) >= len(KEYS)

    def test_one_killed_while_it_opens_a_school(
        self, expected: dict[str, str], workers: Workers
    ) -> None:
        wave = make_wave(KEYS[::-1])
        build = builds.request_build(wave=wave, by=None)
        school = BuildStep.objects.get(build=build, place_key=KEYS[2])
        with transaction.atomic():
            # Our row of the same key, not committed: whoever opens that school waits at the end.
            CodedSchool.objects.create(wave=wave, edition="full", school=KEYS[2], mark="x")
            victim = workers.start()
            wait_until(lambda: held(school))
            victim.kill()
            victim.wait()
            transaction.set_rollback(True)
        build.refresh_from_db()
        assert build.state == Build.State.OPENING
        run_out(build)
        workers.start()
        workers.start()
        wait_until(lambda: swept_and_finished(build))
        school_again = CodedSchool.objects.get(school=KEYS[2])
        assert school_again.mark != "x"
        assert digests(build) == expected


def held(step: BuildStep) -> bool:
    step.refresh_from_db()
    return step.owner is not None
