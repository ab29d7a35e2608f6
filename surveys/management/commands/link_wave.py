"""manage.py link_wave KEY: join the responses of a closed wave to the roll."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from schools.management import operator
from surveys.actions.linkage import link_wave
from surveys.management import named
from surveys.progress import linkage_report


class Command(BaseCommand):
    help = "Link the responses of a closed wave to the roll as it is today, and count what came."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("key")
        parser.add_argument(
            "--vintage",
            default="",
            help="of the wards to place pupils by; else the one that has all homes",
        )
        operator.add_by(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        wave = named.wave(options["key"])
        with named.refusals_told():
            link_wave(wave=wave, by=operator.by(options), vintage=options["vintage"])
        if wave.vintage:
            self.stdout.write(f"Pupils are placed by the wards of {wave.vintage}.")
        for outcome, number, meaning in linkage_report(wave):
            self.stdout.write(f"{number:>7}  {outcome}. {meaning}")
