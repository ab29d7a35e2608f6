"""Real Celery workers on a real Redis and PostgreSQL: side by side, and killed in the middle."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from django.db import connection
from django.utils import timezone

from census.celery import app
from reports.actions import builds
from reports.models import Build, BuildStep, RenderedFile
from surveys.models import Wave
from tests.waves import borough, collected_wave

ROOT = Path(__file__).resolve().parents[2]
# Celery keeps its first queue's name for as long as a process lives, so tests keep that name and
# stand apart from anybody else's queue of that name by a database of their own on the server: one
# for each process of a test run, or they would take each other's messages.
PROCESS = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
REDIS = re.sub(r"/\d*$", f"/{15 - PROCESS % 8}", os.environ.get("TEST_REDIS_URL", ""))
QUEUE = app.conf.task_default_queue
LEASE = 60  # seconds; the tests do not wait for it, they let it have run out

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.redis,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="DATABASE_URL is not PostgreSQL"),
    pytest.mark.skipif(not REDIS, reason="TEST_REDIS_URL is not set: no Redis to talk to"),
]


class Workers:
    """Worker processes on a queue of their own and the database of this test."""

    def __init__(self, folder: Path, key_dir: Path) -> None:
        self.folder, self.processes = folder, []  # type: tuple[Path, list[subprocess.Popen[bytes]]]
        database = connection.settings_dict
        self.environment = {
            **os.environ,
            "DEBUG": "1",
            "DATABASE_URL": f"postgres://{database['USER']}:{database['PASSWORD']}"
            f"@{database['HOST']}:{database['PORT']}/{database['NAME']}",
            "CELERY_BROKER_URL": REDIS,
            "KEY_DIR": str(key_dir),
            "DATA_DIR": str(folder),
            "LEASE_SECONDS": str(LEASE),
        }

    def start(self) -> subprocess.Popen[bytes]:
        name = f"w{len(self.processes)}"
        command = [
            sys.executable,
            "-m",
            "celery",
            "-A",
            "census",
            "worker",
            "-P",
            "solo",
            "-l",
            "INFO",
        ]
        with self.log(name).open("wb") as log:
            process = subprocess.Popen(
                [*command, "-n", f"{name}@%h", "--without-gossip", "--without-mingle"],
                cwd=ROOT, env=self.environment, stdout=log, stderr=log,
            )  # fmt: skip
        self.processes.append(process)
        return process

    def log(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def pieces(self, name: str) -> int:
        return self.log(name).read_text().count("reports.tasks.render[")

    def stop(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()


@pytest.fixture
def workers(tmp_path: Path, key_dir: Path) -> Iterator[Workers]:
    before = {name: app.conf[name] for name in ("task_always_eager", "broker_url")}
    send_by(task_always_eager=False, broker_url=REDIS)
    started = Workers(tmp_path, key_dir)
    yield started
    started.stop()
    with app.connection_for_write(REDIS) as broker:
        broker.default_channel.client.delete(QUEUE)
    send_by(**before)


def send_by(**settings: object) -> None:
    """Change how this process sends; connections that it opened before are forgotten."""
    app.conf.update(settings)
    app._after_fork()


@pytest.fixture
def wave() -> Wave:
    authority, schools = borough(schools=8)
    return collected_wave(authority, schools)


def wait_until(true: Callable[[], bool], seconds: float = 120) -> None:
    pause = Event()
    for _ in range(int(seconds / 0.05)):
        if true():
            return
        pause.wait(0.05)
    pytest.fail("waited too long")


def finished(build: Build) -> bool:
    build.refresh_from_db()
    assert build.state != Build.State.FAILED, build.error
    return build.state == Build.State.COMPLETE


def run_out(build: Build) -> None:
    """As if the leases of everybody at work on a build had run out."""
    past = timezone.now() - timedelta(seconds=1)
    Build.objects.filter(pk=build.pk, lease_until__isnull=False).update(lease_until=past)
    build.steps.filter(lease_until__isnull=False).update(lease_until=past)


def swept_and_finished(build: Build) -> bool:
    builds.sweep()  # what beat does every half minute
    return finished(build)


def files(build: Build) -> dict[tuple[str, str, str], str]:
    rows = RenderedFile.objects.filter(build=build)
    return {(f.place_kind, f.place_key, f.media): f.sha256 for f in rows}


def built_in_line(wave: Wave) -> dict[tuple[str, str, str], str]:
    """The files of the same wave built here, in this process; the build is then taken away."""
    app.conf.task_always_eager = True
    build = builds.request_build(wave=wave, by=None)
    assert finished(build)
    made = files(build)
    build.delete()
    app.conf.task_always_eager = False
    return made


def test_two_workers_side_by_side_make_what_one_makes_in_line(wave: Wave, workers: Workers) -> None:
    expected = built_in_line(wave)
    workers.start()
    workers.start()
    build = builds.request_build(wave=wave, by=None)
    wait_until(lambda: finished(build))
    assert files(build) == expected
    assert workers.pieces("w0") > 0
    assert workers.pieces("w1") > 0


@pytest.mark.parametrize("stage", ["counting", "rendering"])
def test_a_killed_worker_leaves_one_complete_build_after_recovery(
    wave: Wave, workers: Workers, stage: str
) -> None:
    expected = built_in_line(wave)
    victim = workers.start()
    build = builds.request_build(wave=wave, by=None)

    def in_the_middle() -> bool:
        build.refresh_from_db()
        if stage == "counting":
            return build.owner is not None
        return build.progress()["done"] >= 2

    wait_until(in_the_middle)
    victim.send_signal(signal.SIGKILL)
    victim.wait()
    assert not finished(build)
    run_out(build)

    workers.start()
    wait_until(lambda: swept_and_finished(build))
    assert files(build) == expected
    assert Build.objects.filter(wave=wave).count() == 1
    assert not BuildStep.objects.exclude(state=BuildStep.State.DONE).exists()


def test_a_broker_that_lost_everything_costs_nothing_but_time(wave: Wave, workers: Workers) -> None:
    build = builds.request_build(wave=wave, by=None)
    with app.connection_for_write(REDIS) as broker:
        broker.default_channel.client.delete(QUEUE)
    workers.start()
    wait_until(lambda: swept_and_finished(build))
    assert len(files(build)) == build.steps.count()
