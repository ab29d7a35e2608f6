"""manage.py load_audio FOLDER --wave KEY --language cy: recordings named by place (p21-2.mp3)."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from schools.management import operator
from surveys.actions.recordings import Sound, store_recordings
from surveys.management import named
from surveys.spoken import MEDIA


class Command(BaseCommand):
    help = "Store sound files in which a person reads the questions aloud."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder")
        named.add_versions(parser)
        parser.add_argument("--language", default="en-GB")
        parser.add_argument("--voice", default="", help="who speaks, for the record")
        operator.add_by(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        versions = named.versions(options)
        if len(versions) != 1:
            raise CommandError("This wave has a short edition too: name one by --questionnaire.")
        with named.refusals_told():
            stored = store_recordings(
                questionnaire=versions[0],
                language=options["language"],
                sounds=_sounds(Path(options["folder"])),
                voice=options["voice"],
                by=operator.by(options),
            )
        self.stdout.write(f"{versions[0]} ({options['language']}): {stored} recordings.")


def _sounds(folder: Path) -> list[Sound]:
    if not folder.is_dir():
        raise CommandError(f"{folder} is not a folder.")
    files = sorted(file for file in folder.iterdir() if not file.name.startswith("."))
    return [
        Sound(file.stem, MEDIA.get(file.suffix.lower(), f"*{file.suffix}"), file.read_bytes())
        for file in files
    ]
