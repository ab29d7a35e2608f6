"""A disk so small that a test can fill it, and give it room again."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class SmallDisk:
    """A mounted disk of a few megabytes."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.ballast = folder, folder / "ballast"

    def fill(self) -> None:
        """Until not one more byte fits."""
        with self.ballast.open("wb", buffering=0) as file:
            for size in (1 << 16, 1 << 12, 1):
                try:
                    while True:
                        file.write(b"0" * size)
                except OSError:
                    continue

    def give_room(self) -> None:
        self.ballast.unlink()


def can_mount(folder: Path) -> bool:
    """Whether we are root, and root may mount here: in many containers it may not."""
    trial = folder / "trial"
    trial.mkdir()
    return os.geteuid() == 0 and _mount(trial, 1) and _unmount(trial)


@contextmanager
def small_disk(folder: Path, *, megabytes: int, owner: str | None = None) -> Iterator[SmallDisk]:
    folder.mkdir()
    assert _mount(folder, megabytes)
    if owner:
        shutil.chown(folder, owner)
    try:
        yield SmallDisk(folder)
    finally:
        _unmount(folder)
        folder.rmdir()


def _mount(folder: Path, megabytes: int) -> bool:
    return _succeeds("mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "faults", str(folder))


def _unmount(folder: Path) -> bool:
    return _succeeds("umount", "--lazy", str(folder))


def _succeeds(*command: str) -> bool:
    return subprocess.run(command, check=False, stderr=subprocess.DEVNULL).returncode == 0
