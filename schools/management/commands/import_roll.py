"""manage.py import_roll FILE --authority CODE: a council's roll into the register."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from schools.actions import RollRefused, RollResult, import_roll, roll_context
from schools.keys import MissingKey
from schools.management import operator
from schools.roll import RollFileError, RollReading, read_roll


class Command(BaseCommand):
    help = "Take in a roll (CSV or .xlsx). Pupil numbers and names are never stored."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        operator.add_authority(parser)
        operator.add_by(parser)
        parser.add_argument("--term", default="", help="such as 'spring 2026', for the record")
        parser.add_argument("--dry-run", action="store_true", help="show all, write nothing")
        parser.add_argument("--accept-partial", action="store_true", help="skip rows with problems")
        parser.add_argument(
            "--accept-leavers", action="store_true", help="even if most of a school has left"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        authority, by = operator.authority(options), operator.by(options)
        try:
            reading = read_roll(options["file"], context=roll_context(authority))
        except (RollFileError, MissingKey) as error:
            raise CommandError(str(error)) from error
        self._show_reading(reading)
        names = ("term", "dry_run", "accept_partial", "accept_leavers")
        chosen = {name: options[name] for name in names}
        try:
            result = import_roll(authority=authority, reading=reading, by=by, **chosen)
        except RollRefused as error:
            raise CommandError(str(error)) from error
        self._show_result(result)

    def _show_reading(self, reading: RollReading) -> None:
        self.stdout.write("How each column is read:")
        for column in reading.mapping:
            name = column.header or "(no name)"
            self.stdout.write(f"  {name:<28} {column.field or '-':<16} {column.note}")
        counted = f"{reading.read} rows; {len(reading.rows)} pupils can be taken in."
        self.stdout.write(f"\n{counted}")
        for title, remarks in (("Notes", reading.notes), ("Problems", reading.problems)):
            if remarks:
                self.stdout.write(f"{title} ({len(remarks)}):")
            for remark in remarks:
                self.stdout.write(f"  {remark}")

    def _show_result(self, result: RollResult) -> None:
        heading = "Nothing was written; it would be:" if result.import_id is None else "Done:"
        self.stdout.write(heading)
        for name, count in result.counts.items():
            self.stdout.write(f"  {name.replace('_', ' '):<12} {count:>7}")
