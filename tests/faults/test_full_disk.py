"""The disk is full in mid-lesson: a clean refusal, nothing said to be saved that is not, and the
lesson goes on by itself when there is room again."""

import resource
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.cluster import USER, Cluster, children
from tests.faults.conftest import ON_POSTGRES
from tests.faults.ledger import Findings
from tests.faults.lesson import await_answers, await_word, findings, pupils_of, sit_while
from tests.faults.pupil import ALL_WELL
from tests.faults.room import SmallDisk, can_mount, small_disk
from tests.faults.site import Site

FULL = "507 full"


def test_a_full_disk(full_site: Site, small: SmallDisk) -> None:
    pupils = pupils_of(full_site, 6)

    def fault() -> None:
        small.fill()
        for pupil in pupils:
            await_word([pupil], FULL)
        assert findings(full_site, pupils) == Findings()
        small.give_room()
        await_answers(pupils, each=1)

    sit_while(pupils, fault)
    assert {word for pupil in pupils for word in pupil.words} <= {*ALL_WELL, FULL}
    assert findings(full_site, pupils) == Findings()


@pytest.mark.skipif(ON_POSTGRES, reason="PostgreSQL writes by processes of its own")
def test_files_that_may_not_grow(site: Site) -> None:
    """Any other trouble with writing is refused as cleanly."""
    assert site.process
    (worker,) = children(site.process.pid)
    pupils = pupils_of(site, 6)

    def fault() -> None:
        limit_files(worker, 4096)
        await_word(pupils, "503 later")
        assert findings(site, pupils) == Findings()
        limit_files(worker, resource.RLIM_INFINITY)
        await_answers(pupils, each=1)

    sit_while(pupils, fault)
    assert {word for pupil in pupils for word in pupil.words} <= {*ALL_WELL, "503 later", FULL}
    assert findings(site, pupils) == Findings()


def limit_files(process: int, size: int) -> None:
    _, hard = resource.prlimit(process, resource.RLIMIT_FSIZE)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (size, hard))


@pytest.fixture
def small(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SmallDisk]:
    folder = request.getfixturevalue("cluster").folder if ON_POSTGRES else tmp_path
    if not can_mount(folder):
        pytest.skip("only root may mount a small disk")
    with small_disk(folder / "small", megabytes=8, owner=USER if ON_POSTGRES else None) as disk:
        yield disk


@pytest.fixture
def full_site(
    request: pytest.FixtureRequest, make_site: Callable[..., Site], small: SmallDisk
) -> Iterator[Site]:
    """A served site whose answers lie on the small disk."""
    if not ON_POSTGRES:
        site = make_site(small.folder)
        site.start()
        yield site
        site.stop()
        return
    site, cluster = make_site(), request.getfixturevalue("cluster")
    move_answers(cluster, site.database, small.folder)
    site.start()
    yield site
    site.stop()
    cluster.execute(f'DROP DATABASE "{site.database}" WITH (FORCE)')
    cluster.execute("DROP TABLESPACE small")


def move_answers(cluster: Cluster, database: str, folder: Path) -> None:
    space = folder / "space"
    space.mkdir()
    shutil.chown(space, USER)
    cluster.execute(f"CREATE TABLESPACE small LOCATION '{space}'")
    cluster.execute("ALTER TABLE surveys_sealedpage SET TABLESPACE small", database)
