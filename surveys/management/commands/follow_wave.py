"""manage.py follow_wave KEY --previous KEY: which wave came before, to show what has changed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from schools.management import operator
from surveys.actions.waves import follow_wave
from surveys.management import named


class Command(BaseCommand):
    help = "Say which wave came before another. The next build shows what has changed since."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("key")
        parser.add_argument(
            "--previous", default="", metavar="KEY", help="none where it is left out"
        )
        operator.add_by(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        wave = named.wave(options["key"])
        previous = named.wave(options["previous"]) if options["previous"] else None
        with named.refusals_told():
            follow_wave(wave=wave, previous=previous, by=operator.by(options))
        self.stdout.write(f"{wave} follows {previous or 'no wave'}.")
