"""manage.py check_questionnaire FILE: is this file a questionnaire, and what is in it?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from surveys.definition import (
    DefinitionErrors,
    Questionnaire,
    fingerprint,
    parse,
    read_document,
)


class Command(BaseCommand):
    help = "Check a questionnaire file: says what is wrong and where, or what the file holds."
    requires_system_checks = ()  # works on a machine without a database

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            document = read_document(options["file"].read_bytes())
            questionnaire = parse(document)
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from error
        except DefinitionErrors as error:
            for problem in error.problems:
                self.stderr.write(str(problem))
            raise CommandError(f"{len(error.problems)} problem(s) found.") from error
        self.stdout.write(summary(questionnaire))
        self.stdout.write(f"fingerprint {fingerprint(document)}")


def summary(questionnaire: Questionnaire) -> str:
    """What the file holds, on a few lines."""
    q = questionnaire
    return "\n".join(
        (
            f"{q.title} ({q.key} {q.version}, {q.language}, wording: {q.wording.status})",
            f"{len(q.items)} items on {len(q.pages)} pages in {len(q.sections)} parts",
            f"{len(q.scales)} scales, {len(q.topics)} topics in {len(q.themes)} themes, "
            f"{len(q.headlines)} headlines",
        )
    )
