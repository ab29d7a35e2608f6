"""manage.py import_responses FILE --mapping FILE --wave KEY: a wave answered in another tool."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from schools.management import operator
from surveys.actions.collected import import_responses
from surveys.collected import MappingErrors, read_mapping, read_responses
from surveys.management import named


class Command(BaseCommand):
    help = "Bring responses of another tool into a wave set up with --from-file. All or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--mapping", required=True, metavar="FILE")
        parser.add_argument("--wave", required=True, metavar="KEY")
        parser.add_argument(
            "--vintage",
            default="",
            help="of the wards and localities that the file names, so that they can be followed",
        )
        parser.add_argument("--dry-run", action="store_true", help="read and report, store nothing")
        operator.add_by(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        wave = named.wave(options["wave"])
        try:
            mapping = read_mapping(named.document(options["mapping"]))
            collected = read_responses(options["file"], mapping, wave.questionnaire.definition)
        except (MappingErrors, OSError) as error:
            raise CommandError(str(error)) from error
        for problem in collected.problems:
            self.stderr.write(str(problem))
        self.stdout.write(f"{len(collected.rows)} rows read, {len(collected.problems)} problems.")
        if options["dry_run"]:
            return
        with named.refusals_told():
            stored = import_responses(
                wave=wave,
                collected=collected,
                by=operator.by(options),
                vintage=options["vintage"],
            )
        self.stdout.write(f"Stored: {stored} responses in {wave}.")
