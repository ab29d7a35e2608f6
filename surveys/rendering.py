"""Speech made beforehand by an engine of this machine: text in, a sound file out. No Django."""

from __future__ import annotations

import shlex
import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

# Engines known by name. Any other is a command of words: {language} and {out} are filled in and
# the text comes on standard input.
KNOWN = {"espeak-ng": "espeak-ng -v {language} -s 140 --stdin -w {out}"}
LONGEST = 120  # seconds for one question


class EngineFailed(Exception):
    """The engine is not installed, broke off or made no sound; the message says which."""


@dataclass(frozen=True)
class Engine:
    command: str  # a name of `KNOWN`, or words with {out}
    ending: str = ".wav"

    @property
    def name(self) -> str:
        return shlex.split(self.command)[0]

    def say(self, text: str, language: str) -> bytes:
        """The content of the sound file. Raises `EngineFailed`."""
        with TemporaryDirectory() as folder:
            out = Path(folder) / f"sound{self.ending}"
            self._run(self._words(language, out), text)
            if not out.exists() or not out.stat().st_size:
                raise EngineFailed(f"{self.name} made no sound for {language}.")
            return out.read_bytes()

    def _words(self, language: str, out: Path) -> list[str]:
        """Never through a shell: the words are filled in one by one."""
        words = shlex.split(KNOWN.get(self.command, self.command))
        if not any("{out}" in word for word in words):
            raise EngineFailed("An engine's command must hold {out}, the file that it writes.")
        filled = {"{out}": str(out), "{language}": language}
        return [_fill(word, filled) for word in words]

    def _run(self, words: list[str], text: str) -> None:
        try:
            done = subprocess.run(  # noqa: S603 - the operator's own command, without a shell
                words, input=text.encode(), capture_output=True, timeout=LONGEST, check=False
            )
        except FileNotFoundError:
            raise EngineFailed(f"{words[0]} is not installed on this machine.") from None
        except (OSError, subprocess.TimeoutExpired) as error:
            raise EngineFailed(f"{words[0]} could not be run: {error}") from error
        if done.returncode:
            said = done.stderr.decode(errors="replace").strip()[-300:]
            raise EngineFailed(f"{words[0]} ended with an error: {said}")


def _fill(word: str, filled: dict[str, str]) -> str:
    for name, value in filled.items():
        word = word.replace(name, value)
    return word
