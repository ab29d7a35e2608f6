"""manage.py import_areas FILE --authority CODE --kind ward --vintage 2025."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from schools.actions import import_areas
from schools.management import operator
from schools.models import AreaKind
from schools.place_files import PlaceFileError


class Command(BaseCommand):
    help = "Take in areas and boundaries from GeoJSON in longitude and latitude."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")
        operator.add_authority(parser)
        operator.add_by(parser)
        parser.add_argument("--kind", required=True, choices=AreaKind.values)
        parser.add_argument("--vintage", required=True, help="year of the boundaries")

    def handle(self, *args: Any, **options: Any) -> None:
        authority, by = operator.authority(options), operator.by(options)
        kind, vintage = options["kind"], options["vintage"]
        try:
            collection = json.loads(operator.content(options))
            counts = import_areas(
                authority=authority, kind=kind, vintage=vintage, collection=collection, by=by
            )
        except PlaceFileError as error:
            raise CommandError(str(error)) from error
        except (ValueError, RecursionError) as error:
            raise CommandError("The file is no JSON.") from error
        self.stdout.write(f"Areas: {counts}")
