"""manage.py load_register FILE --authority CODE: counts of the council's own registers."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reports.actions.registers import council_of, load_register
from reports.codebook import definitions
from reports.registers import FileError, Series, match, read, series
from schools.management import operator
from schools.models import Authority
from surveys.models import Wave
from surveys.refusal import Refused


class Command(BaseCommand):
    help = (
        "Load counts of the council's registers (CSV or .xlsx) in place of those loaded before. "
        "All or nothing. Never people, and no count of fewer than ten."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")
        operator.add_authority(parser)
        operator.add_by(parser)
        parser.add_argument("--dry-run", action="store_true", help="show all, store nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        authority, by = operator.authority(options), operator.by(options)
        content = operator.content(options)
        try:
            reading = read(content, council_of(authority))
            for problem in reading.problems:
                self.stderr.write(str(problem))
            for one in () if reading.problems else series(reading.counts):
                self._tell(one, authority)
            if options["dry_run"]:
                counted = f"{len(reading.rows)} rows, {len(reading.problems)} problems"
                self.stdout.write(f"{counted}. Nothing was stored.")
                return
            table = load_register(authority=authority, content=content, reading=reading, by=by)
        except FileError as error:
            raise CommandError(str(error)) from error
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Loaded: {table}.")

    def _tell(self, one: Series, authority: Authority) -> None:
        """In which waves a register will be shown, or why it will not."""
        for wave in Wave.objects.filter(authority=authority).select_related("questionnaire"):
            ours = definitions(wave.questionnaire.definition, wave.year_groups)
            found = match(one, ours, wave.opens_on, wave.closes_on)
            fate = f"not shown. {found}" if isinstance(found, str) else "shown to officers"
            name = f"{one.whole.register}, {one.whole.as_of}"
            self.stdout.write(f"{name}, beside {wave.key}: {fate}")
