"""manage.py open_wave KEY."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from schools.management import operator
from surveys.actions.waves import open_wave
from surveys.management import named


class Command(BaseCommand):
    help = "Open a wave for lessons. Its questionnaire never changes after this."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("key")
        operator.add_by(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        wave = named.wave(options["key"])
        with named.refusals_told():
            open_wave(wave=wave, by=operator.by(options))
        self.stdout.write(f"Open: {wave}")
