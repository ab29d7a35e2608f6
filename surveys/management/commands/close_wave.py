"""manage.py close_wave KEY."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from schools.management import operator
from surveys.actions.waves import close_wave
from surveys.management import named


class Command(BaseCommand):
    help = "Close a wave and all its lessons. It cannot be opened again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("key")
        operator.add_by(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        wave = named.wave(options["key"])
        with named.refusals_told():
            close_wave(wave=wave, by=operator.by(options))
        self.stdout.write(f"Closed: {wave}")
