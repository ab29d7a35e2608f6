"""manage.py load_external FILE --authority CODE: figures of other people, to show beside ours."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reports.actions.external import load_external
from reports.codebook import definitions
from reports.external import Figure, FileError, Match, match, read
from schools.management import operator
from schools.models import Authority
from surveys.models import Wave
from surveys.refusal import Refused


class Command(BaseCommand):
    help = "Load external figures (CSV or .xlsx) in place of those loaded before. All or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")
        operator.add_authority(parser)
        operator.add_by(parser)
        parser.add_argument("--dry-run", action="store_true", help="show all, store nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        authority, by = operator.authority(options), operator.by(options)
        content = operator.content(options)
        try:
            reading = read(content)
            for number, figure in reading.rows:
                self._tell(number, figure, authority)
            for problem in reading.problems:
                self.stderr.write(str(problem))
            if options["dry_run"]:
                counted = f"{len(reading.rows)} rows, {len(reading.problems)} problems"
                self.stdout.write(f"{counted}. Nothing was stored.")
                return
            table = load_external(authority=authority, content=content, reading=reading, by=by)
        except FileError as error:
            raise CommandError(str(error)) from error
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Loaded: {table}.")

    def _tell(self, number: int, figure: Figure, authority: Authority) -> None:
        """In which waves a row will be shown, or why it will not."""
        for wave in Wave.objects.filter(authority=authority).select_related("questionnaire"):
            found = match(figure, definitions(wave.questionnaire.definition, wave.year_groups))
            fate = "shown" if isinstance(found, Match) else f"not shown. {found}"
            self.stdout.write(f"Row {number}, {wave.key}: {fate}")
