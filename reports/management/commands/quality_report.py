"""manage.py quality_report --wave KEY: how the responses were answered, as counts of groups."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reports.actions.quality import report_quality
from reports.quality import Quartiles, Table
from schools.management import operator
from surveys.models import Wave
from surveys.refusal import Refused


class Command(BaseCommand):
    help = "Speed, straight lines, devices and non-answers of a linked wave, for the data team."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--wave", required=True, metavar="KEY")
        operator.add_by(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            wave = Wave.objects.get(key=options["wave"])
            report = report_quality(wave=wave, by=operator.by(options))
        except Wave.DoesNotExist as error:
            raise CommandError(f"There is no wave {options['wave']!r}.") from error
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{report.pupils} linked responses. No count below ten is told.")
        for table in report.tables:
            self._table(table)
        for quartiles in report.quartiles:
            self._quartiles(quartiles)

    def _table(self, table: Table) -> None:
        self.stdout.write(f"\n{table.title}")
        for kind, pupils in table.cells:
            self.stdout.write(f"{pupils:>7}  {kind}")
        if not table.cells:
            self.stdout.write("         left out: it would tell of fewer than ten pupils")

    def _quartiles(self, quartiles: Quartiles) -> None:
        told = "too few pupils"
        if quartiles.values:
            told = "{} / {} / {} {}".format(*quartiles.values, quartiles.unit)
        self.stdout.write(f"\n{quartiles.title} (quarter / half / three quarters): {told}")
