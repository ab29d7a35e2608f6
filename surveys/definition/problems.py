"""What is wrong with a definition, where, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, order=True)
class Problem:
    """One fault: `path` is a JSON pointer into the document, such as /pages/3/items/1."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path or '/'}: {self.message}"


class DefinitionErrors(ValueError):
    """A document that is not a questionnaire; `problems` holds everything that was found."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


def pointer(*steps: Any) -> str:
    """A JSON pointer (RFC 6901) from keys and positions."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)
