"""manage.py attack_release WAVE: try to isolate pupils in what is published, as a reader could."""

import math
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reports import attacking
from reports.artefacts import NotServed
from reports.disclosure.attack import Findings
from schools.management import operator
from surveys.models import Wave

SHOWN = 20


class Command(BaseCommand):
    help = (
        "Attack the published figures of a wave, by what its pages, files and API serve, and by "
        "what was published of it before. Ends with an error if anything is found."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("wave")
        operator.add_by(parser)
        parser.add_argument("--measures", type=int, help="bound the answers of so many only")
        parser.add_argument(
            "--seconds", type=float, default=math.inf, help="begin no measure after so long"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        wave = Wave.objects.filter(key=options["wave"]).first()
        if wave is None:
            raise CommandError(f"There is no wave {options['wave']!r}.")
        by = operator.by(options)
        if by is None:
            raise CommandError("Say with --by who reads all schools' reports.")
        try:
            result = attacking.attack_wave(
                wave, by=by, measures=options["measures"], seconds=options["seconds"]
            )
        except (NotServed, attacking.NothingToAttack) as error:
            raise CommandError(str(error)) from error
        self._tell(result)
        found = [*result.findings.found, *result.served.strays]
        if found:
            for each in found[:SHOWN]:
                self.stdout.write(f"  FOUND {each}")
            raise CommandError(f"{len(found)} findings.")
        self.stdout.write("Nothing found.")

    def _tell(self, result: attacking.Result) -> None:
        served, findings = result.served, result.findings
        papers = "no PDF (pypdf is not installed)"
        if served.papers is not None:
            papers = f"{served.papers} PDFs"
        self.stdout.write(
            f"Read: {len(served.documents)} places, {served.files} tables, {papers}; "
            f"{result.earlier} earlier releases.\n"
            f"Known of pupils: {result.pupils}, of {findings.profiles} kinds in "
            f"{findings.groups} published groups.\n"
            f"Sums and differences tried: {findings.sums_tried:,}.\n"
            f"Protected counts bounded: {findings.counts:,}, of {findings.measures} measures, by "
            f"{findings.programs:,} programs; not settled: {findings.unsettled}."
        )
        self._narrowest(findings)

    def _narrowest(self, findings: Findings) -> None:
        self.stdout.write("Narrowest bounds of fewer than ten pupils:")
        order = sorted(findings.narrowest, key=lambda each: each.high - each.low)
        for each in order[:5]:
            self.stdout.write(f"  {each}")
