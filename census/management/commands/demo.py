"""manage.py demo: a made-up borough from roll to release, and a server to look at it."""

import logging
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from census.demo.addresses import addresses
from census.demo.build import Demonstration, build
from census.demo.database import NotOurs, prepare_database
from census.demo.keys import prepare_keys
from census.demo.size import FULL, SMALL
from census.demo.staff import PASSWORD, PEOPLE, address
from census.env import Env


class Command(BaseCommand):
    help = (
        "Build the demonstration (a made-up borough) and serve it on 127.0.0.1. It starts from "
        "an empty database, and empties one only if the demonstration made it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="stop after the build")
        parser.add_argument("--small", action="store_true", help="a few hundred pupils only")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("The demonstration runs only with DEBUG on, away from real data.")
        port = Env().integer("PORT", 8000, 1, 65535)
        # Hundreds of tasks run in line; their log would bury what is printed here.
        logging.getLogger("celery").setLevel(logging.WARNING)
        self._prepare()
        made = build(size=SMALL if options["small"] else FULL, say=self._say)
        self._tell(made, f"http://127.0.0.1:{port}")
        if not options["no_serve"]:
            call_command("serve")

    def _prepare(self) -> None:
        try:
            emptied = prepare_database()
        except NotOurs as error:
            where = settings.DATABASES["default"]["NAME"]
            raise CommandError(
                f"The demonstration leaves the database {where} alone: {error}. "
                "Set DATA_DIR to another folder, or DATABASE_URL to another database."
            ) from error
        if emptied:
            self._say("Emptied the demonstration that was here")
        prepare_keys()

    def _say(self, stage: str) -> None:
        self.stdout.write(f"{stage} ...")
        self.stdout.flush()

    def _tell(self, made: Demonstration, site: str) -> None:
        self.stdout.write("\nSeconds by stage:")
        for stage, seconds in made.seconds.items():
            self.stdout.write(f"  {seconds:6.1f}  {stage}")
        counts = ", ".join(f"{name.replace('_', ' ')} {n}" for name, n in made.linkage.items())
        self.stdout.write(f"\n{made.lessons} lessons; responses: {counts}.")
        self.stdout.write("\nEverything here is made up: places, schools, pupils and answers.\n")
        for label, path in addresses(made):
            self.stdout.write(f"  {label:<30} {site}{path}")
        self.stdout.write(f"\nA pupil's codes to try: {', '.join(made.codes)}")
        self.stdout.write(f"\nLog in with the password {PASSWORD} as")
        for name, _, role in PEOPLE:
            self.stdout.write(f"  {role.label:<30} {address(name)}")
