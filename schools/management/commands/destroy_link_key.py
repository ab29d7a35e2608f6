"""manage.py destroy_link_key --yes: the end of linkability."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from schools.actions import destroy_link_key
from schools.keys import BadKey, MissingKey
from schools.management import operator


class Command(BaseCommand):
    help = "Destroy the link key: from then on no pupil number can be matched to any answer."

    def add_arguments(self, parser: CommandParser) -> None:
        operator.add_by(parser)
        parser.add_argument("--yes", action="store_true", help="yes, for ever")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["yes"]:
            raise CommandError("This cannot be undone. Say --yes when the retention date has come.")
        try:
            path = destroy_link_key(by=operator.by(options))
        except (MissingKey, BadKey) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"The link key at {path} is destroyed. Destroy its safe copies too.")
