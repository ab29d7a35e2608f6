"""A site for each test: on SQLite, and in the second pass, where DATABASE_URL names one, on a
PostgreSQL of the test's own."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.cluster import PROGRAMS, Cluster
from tests.faults.site import Embedded, Production, Site, free_port, prepare

ON_POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")


@dataclass(frozen=True)
class Prepared:
    """A class in an open lesson: made once, copied for each test."""

    folder: Path
    codes: list[str]


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    if not PROGRAMS:
        pytest.skip("no PostgreSQL to start here: apt-get install postgresql")
    cluster = Cluster(free_port())
    cluster.start()
    yield cluster
    cluster.stop()


@pytest.fixture(scope="session")
def prepared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    folder = tmp_path_factory.mktemp("prepared")
    if not ON_POSTGRES:
        return Prepared(folder, prepare(folder))
    cluster: Cluster = request.getfixturevalue("cluster")
    cluster.execute("CREATE DATABASE prepared")
    return Prepared(folder, prepare(folder, DATABASE_URL=cluster.address("prepared")))


@pytest.fixture(scope="module")
def make_site(
    request: pytest.FixtureRequest, prepared: Prepared, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., Site]]:
    """Sites that are not started yet, each with a database of its own; stopped in the end."""
    made: list[Site] = []

    def make(folder: Path | None = None) -> Site:
        folder = folder or tmp_path_factory.mktemp("site")
        shutil.copytree(prepared.folder / "keys", folder / "keys")
        if ON_POSTGRES:
            database = _copied_on(request.getfixturevalue("cluster"), folder.name)
            made.append(Production(folder, prepared.codes, DATABASE_URL=database))
        else:
            shutil.copy(prepared.folder / "census.sqlite3", folder)
            made.append(Embedded(folder, prepared.codes))
        return made[-1]

    yield make
    for site in made:
        site.stop()


def _copied_on(cluster: Cluster, name: str) -> str:
    cluster.execute(f'CREATE DATABASE "{name}" TEMPLATE prepared')
    return cluster.address(name)


@pytest.fixture(scope="module")
def site(make_site: Callable[..., Site]) -> Site:
    """A served site for all tests of a file: each takes pupils of its own from the class."""
    site = make_site()
    site.start()
    return site
