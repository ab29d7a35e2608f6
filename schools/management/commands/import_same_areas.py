"""manage.py import_same_areas FILE --authority CODE --earlier 2025 --later 2027."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from schools.actions import state_same_areas
from schools.management import operator
from schools.place_files import PlaceFileError


class Command(BaseCommand):
    help = (
        "Say which areas of one vintage are areas of a later one, from CSV with the columns "
        "earlier and later (codes). In place of all that was said of these two before."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")
        operator.add_authority(parser)
        operator.add_by(parser)
        parser.add_argument("--earlier", required=True, metavar="VINTAGE")
        parser.add_argument("--later", required=True, metavar="VINTAGE")

    def handle(self, *args: Any, **options: Any) -> None:
        authority, by = operator.authority(options), operator.by(options)
        try:
            pairs = state_same_areas(
                authority=authority,
                earlier=options["earlier"],
                later=options["later"],
                content=operator.content(options),
                by=by,
            )
        except PlaceFileError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"The same areas: {pairs}.")
