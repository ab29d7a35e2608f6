"""manage.py import_schools FILE --authority CODE: the schools of an authority."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from schools.actions import import_schools, set_up_authority
from schools.management import operator
from schools.place_files import PlaceFileError


class Command(BaseCommand):
    help = "Take in schools from CSV with the columns URN, name and Estab (seven digits)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")
        operator.add_authority(parser)
        operator.add_by(parser)
        parser.add_argument("--authority-name", default="", help="sets the authority up")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        by, name = operator.by(options), options["authority_name"]
        if name:
            set_up_authority(code=options["authority"], name=name, by=by)
        authority, content = operator.authority(options), operator.content(options)
        try:
            counts = import_schools(authority=authority, content=content, by=by)
        except PlaceFileError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Schools: {counts}")
