"""manage.py check_questionnaire FILE: is this file a questionnaire, and what is in it?"""

from __future__ import annotations

import json
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
from surveys.definition.lengths import length_findings
from surveys.definition.reading_age import age_findings, reading_table
from surveys.translations import to_translate, translation_problems


class Command(BaseCommand):
    help = (
        "Check a questionnaire file: says what is wrong and where, or what the file holds, how old "
        "its readers must be, and where the length of a page betrays an answer."
    )
    requires_system_checks = ()  # works on a machine without a database

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--strict", action="store_true", help="fail on reading age and page length too"
        )
        parser.add_argument(
            "--language-file", type=Path, metavar="FILE", help="check this translation of it too"
        )
        parser.add_argument(
            "--to-translate", metavar="LANGUAGE", help="print a language file to begin with"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        document = self._read(options["file"])
        try:
            questionnaire = parse(document)
        except DefinitionErrors as error:
            self._refuse(error.problems)
        if options["to_translate"]:
            blank = to_translate(document, options["to_translate"])
            self.stdout.write(json.dumps(blank, ensure_ascii=False, indent=2))
            return
        self.stdout.write(summary(questionnaire))
        self.stdout.write(f"fingerprint {fingerprint(document)}")
        if options["language_file"]:
            self._check_words(document, options["language_file"])
        self._judge(questionnaire, strict=options["strict"])

    def _read(self, path: Path) -> Any:
        try:
            return read_document(path.read_bytes())
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        except DefinitionErrors as error:
            self._refuse(error.problems)

    def _check_words(self, document: Any, path: Path) -> None:
        words = self._read(path)
        if problems := translation_problems(document, words):
            self._refuse(problems)
        self.stdout.write(f"{path.name}: every word is there ({words['status']})")

    def _judge(self, questionnaire: Questionnaire, *, strict: bool) -> None:
        """What a council may decide to live with: said, and a failure only if asked for."""
        findings = list(length_findings(questionnaire))
        if questionnaire.language.split("-")[0] == "en":
            self.stdout.write("\n".join(reading_table(questionnaire)))
            findings += age_findings(questionnaire)
        for finding in findings:
            self.stdout.write(f"{finding}")
        self.stdout.write(f"{len(findings)} finding(s) on reading age and page length")
        if strict and findings:
            raise CommandError(f"{len(findings)} finding(s), and --strict was asked for.")

    def _refuse(self, problems: Any) -> Any:
        for problem in problems:
            self.stderr.write(str(problem))
        raise CommandError(f"{len(problems)} problem(s) found.")


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
