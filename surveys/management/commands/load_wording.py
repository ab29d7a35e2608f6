"""manage.py load_wording PACK: lay licensed wording over the stand-in wording of one scale."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from schools.management import operator
from surveys.actions.waves import load_wording
from surveys.definition import DefinitionErrors
from surveys.management import named


class Command(BaseCommand):
    help = "Make a new version of an adopted questionnaire with a wording pack and its permission."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")
        operator.add_by(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        pack = named.document(options["file"])
        if not isinstance(pack, dict):
            raise CommandError(f"{options['file']} is not a wording pack.")
        try:
            with named.refusals_told():
                worded = load_wording(pack=pack, by=operator.by(options))
        except DefinitionErrors as errors:
            raise CommandError(str(errors)) from errors
        self.stdout.write(f"Adopted with licensed wording: {worded}.")
