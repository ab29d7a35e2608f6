"""manage.py import_area_members FILE --authority CODE --vintage 2025."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from schools.actions import import_area_memberships
from schools.management import operator
from schools.place_files import PlaceFileError


class Command(BaseCommand):
    help = (
        "Take in which area lies in which, from CSV with the columns part and whole; with "
        "whole_kind and whole_name, localities need no boundary file."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")
        operator.add_authority(parser)
        operator.add_by(parser)
        parser.add_argument("--vintage", required=True, help="year of the list")

    def handle(self, *args: Any, **options: Any) -> None:
        authority, by = operator.authority(options), operator.by(options)
        content, vintage = operator.content(options), options["vintage"]
        try:
            counts = import_area_memberships(
                authority=authority, vintage=vintage, content=content, by=by
            )
        except PlaceFileError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Memberships: {counts}")
