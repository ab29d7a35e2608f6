"""Typed readers of environment variables.

Each reader returns a value of one type or stops start-up with a message that
names the variable, so that a typing mistake never becomes a silent default.
"""

import os
from collections.abc import Mapping
from pathlib import Path

from census.colours import READABLE, WHITE, contrast, is_colour
from census.logo import Logo, LogoRefused, read_logo


class EnvError(SystemExit):
    """A setting cannot be read; start-up ends with this sentence."""


class Env:
    """Reads one mapping (``os.environ`` by default)."""

    def __init__(self, source: Mapping[str, str] | None = None) -> None:
        self.source = os.environ if source is None else source

    def text(self, name: str, default: str = "") -> str:
        """The value without surrounding blanks; an empty variable counts as not set."""
        return self.source.get(name, "").strip() or default

    def boolean(self, name: str, default: bool) -> bool:
        value = self.text(name).lower()
        if not value:
            return default
        if value in {"1", "true", "yes", "on"}:
            return True
        if value in {"0", "false", "no", "off"}:
            return False
        raise EnvError(f"{name} must be one of 1, 0, true, false, yes, no; it is {value!r}.")

    def integer(self, name: str, default: int, low: int, high: int) -> int:
        value = self.text(name)
        if not value:
            return default
        try:
            number = int(value)
        except ValueError:
            raise EnvError(f"{name} must be a whole number; it is {value!r}.") from None
        if not low <= number <= high:
            raise EnvError(f"{name} must be from {low} to {high}; it is {number}.")
        return number

    def words(self, name: str) -> list[str]:
        """A comma-separated list; blanks and empty parts are dropped."""
        return [word.strip() for word in self.text(name).split(",") if word.strip()]

    def path(self, name: str, default: Path) -> Path:
        value = self.text(name)
        return Path(value).expanduser().resolve() if value else default

    def colour(self, name: str, default: str) -> str:
        """A colour such as "#12436d" that can be read on white, and white on it."""
        value = self.text(name, default).lower()
        if not is_colour(value):
            raise EnvError(f"{name} must be a colour such as #12436d; it is {value!r}.")
        found = contrast(value, WHITE)
        if found < READABLE:
            raise EnvError(
                f"{name} must have a contrast of at least {READABLE}:1 to white, so that text "
                f"can be read; {value} has {found:.2f}:1. Take a darker one."
            )
        return value

    def logo(self, name: str) -> Logo | None:
        """The picture in the file that is named, read here once; None where none is."""
        value = self.text(name)
        try:
            return read_logo(Path(value).expanduser().resolve()) if value else None
        except LogoRefused as refused:
            raise EnvError(f"{name}: {refused}") from None
