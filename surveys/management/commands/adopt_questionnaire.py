"""manage.py adopt_questionnaire FILE: store a checked questionnaire version."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from schools.management import operator
from surveys.actions.waves import adopt_questionnaire, permit_stand_in_wording
from surveys.definition import DefinitionErrors
from surveys.management import named


class Command(BaseCommand):
    help = "Check a questionnaire file and store it. The same text again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")
        parser.add_argument(
            "--stand-in-wording",
            action="store_true",
            help="record for every scale that stand-in wording is used",
        )
        operator.add_by(parser)

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        by = operator.by(options)
        try:
            with named.refusals_told():
                stored = adopt_questionnaire(document=named.document(options["file"]), by=by)
                if options["stand_in_wording"]:
                    permit_stand_in_wording(questionnaire=stored, by=by)
        except DefinitionErrors as errors:
            raise CommandError(str(errors)) from errors
        self.stdout.write(f"Adopted: {stored}, {len(stored.definition.items)} questions.")
