"""manage.py serve: the site of a small install, one process on the database that is there."""

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from census.env import Env
from census.serving import server_command


class Command(BaseCommand):
    help = "Serve the site on PORT (8000) from one process: a small install, or a look at it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")

    def handle(self, *args: Any, **options: Any) -> None:
        port = Env().integer("PORT", 8000, 1, 65535)
        command = server_command(port, host=options["host"])
        self.stdout.write(f"Serving on http://{options['host']}:{port} (Ctrl+C stops).")
        self.stdout.flush()
        os.execv(command[0], command)  # noqa: S606 - nobody else's words are in it
