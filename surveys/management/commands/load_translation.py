"""manage.py load_translation FILE...: a questionnaire's words in another language."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from schools.management import operator
from surveys.actions.translations import adopt_translation
from surveys.definition import DefinitionErrors
from surveys.management import named
from surveys.models import Translation


class Command(BaseCommand):
    help = "Check language files and store them beside the questionnaire version that they name."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+")
        operator.add_by(parser)

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        for file in options["files"]:
            stored = self._load(file, options)
            state = f"checked by {stored.checked_by}" if stored.checked_by else "a machine's draft"
            self.stdout.write(f"Loaded: {stored}, {state}.")

    def _load(self, file: str, options: dict[str, Any]) -> Translation:
        words = named.document(file)
        if not isinstance(words, dict):
            raise CommandError(f"{file} is not a language file.")
        version = named.questionnaire(
            str(words.get("questionnaire", "")), str(words.get("version", ""))
        )
        try:
            with named.refusals_told():
                return adopt_translation(
                    questionnaire=version, words=words, by=operator.by(options)
                )
        except DefinitionErrors as errors:
            raise CommandError(f"{file}\n{errors}") from errors
