"""What every product under test can do: be made, be served, be walked through, be read."""

import shutil
import venv
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path

from benchmarks.peers.journey import write
from benchmarks.peers.postgres import Postgres
from benchmarks.peers.server import Server, run

PROJECTS = Path(__file__).parent / "projects"


class Product(ABC):
    """`pupils` are numbered from 0; each walks once."""

    name: str

    def __init__(self, home: Path, pupils: int, postgres: str = "") -> None:
        """`postgres`: the address of a server to make a database on; SQLite without it."""
        self.home = home
        self.pupils = pupils
        key = f"peers_{type(self).__name__.lower()}"
        self.database = Postgres(postgres, key) if postgres else None
        self.folder = home / (f"{key}_postgres" if postgres else key)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.journey = self.folder / "journey.json"
        write(self.journey)

    @abstractmethod
    def prepare(self) -> None:
        """Make the database with the questions and a way in for every pupil."""

    @abstractmethod
    def serve(self) -> Server: ...

    def clear(self) -> None:
        if self.database:
            self.database.drop()

    @abstractmethod
    def walk(self, pupil: int, port: int) -> Iterator[None]:
        """From the way in to the last word. Stops once at the first page, and after every
        page turn, when the product has said that the page is taken."""

    @abstractmethod
    def stored(self) -> dict[int, dict[str, int]]:
        """What the database holds of each pupil: {item key: code}."""

    def install(self, packages: tuple[str, ...]) -> Path:
        """The Python of an environment with exactly these packages, kept from run to run."""
        place = self.home / "environments" / "_".join(packages)
        python = place / "bin" / "python"
        if not (place / "complete").exists():
            venv.create(place, clear=True, with_pip=True)
            quiet = ["--quiet", "--disable-pip-version-check"]
            run([str(python), "-m", "pip", "install", *quiet, *packages], folder=place, env={})
            (place / "complete").touch()
        return python

    def copy_project(self, name: str) -> None:
        shutil.copytree(PROJECTS / name, self.folder, dirs_exist_ok=True)
