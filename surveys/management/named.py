"""What commands are told by name: a wave, a questionnaire, a JSON file."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from surveys.models import QuestionnaireVersion, Wave
from surveys.refusal import Refused


@contextmanager
def refusals_told() -> Iterator[None]:
    """A refusal ends the command with its sentence and every single problem."""
    try:
        yield
    except Refused as refusal:
        raise CommandError("\n".join([str(refusal), *refusal.problems])) from refusal


def wave(key: str) -> Wave:
    found = Wave.objects.filter(key=key).first()
    if found is None:
        known = ", ".join(Wave.objects.values_list("key", flat=True)) or "none"
        raise CommandError(f"There is no wave called {key!r}. Known: {known}.")
    return found


def questionnaire(key: str, version: str) -> QuestionnaireVersion:
    """The version asked for, or the only one there is."""
    found = QuestionnaireVersion.objects.filter(key=key)
    if version:
        found = found.filter(version=version)
    if len(found) != 1:
        raise CommandError(
            f"{len(found)} adopted questionnaires are called {key!r} {version}: adopt it first "
            "(manage.py adopt_questionnaire), or say which --questionnaire-version."
        )
    return found[0]


def add_versions(parser: ArgumentParser) -> None:
    """One questionnaire, or all that a wave asks: see `versions`."""
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--wave", default="", metavar="KEY")
    which.add_argument("--questionnaire", default="", metavar="KEY")
    parser.add_argument("--questionnaire-version", default="", metavar="VERSION")


def versions(options: dict[str, Any]) -> list[QuestionnaireVersion]:
    """The questionnaire named, or the whole and the short one of the wave named."""
    if options["questionnaire"]:
        return [questionnaire(options["questionnaire"], options["questionnaire_version"])]
    asking = wave(options["wave"])
    short = asking.short_questionnaire
    return [asking.questionnaire, short] if short else [asking.questionnaire]


def document(path: str) -> Any:
    try:
        return json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise CommandError(f"{path} cannot be opened: {error.strerror}.") from error
    except ValueError as error:
        raise CommandError(f"{path} is not JSON: {error}") from error
