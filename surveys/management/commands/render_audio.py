"""manage.py render_audio --wave KEY --language cy: read every question aloud beforehand."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from schools.management import operator
from surveys.actions.recordings import Sound, store_recordings
from surveys.management import named
from surveys.models import QuestionnaireVersion
from surveys.rendering import Engine, EngineFailed
from surveys.spoken import MEDIA, spoken


class Command(BaseCommand):
    help = (
        "Render recordings with a speech engine of this machine. No text leaves it: use no "
        "engine that asks a service."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        named.add_versions(parser)
        parser.add_argument("--language", default="en-GB")
        parser.add_argument(
            "--engine",
            default="espeak-ng",
            help="espeak-ng, or a command of words that reads text on standard input and writes "
            "the file {out}; {language} is filled in too",
        )
        parser.add_argument("--format", default="wav", choices=[name[1:] for name in MEDIA])
        operator.add_by(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        engine = Engine(options["engine"], f".{options['format']}")
        for version in named.versions(options):
            with named.refusals_told():
                stored = store_recordings(
                    questionnaire=version,
                    language=options["language"],
                    sounds=_rendered(version, options["language"], engine),
                    voice=engine.name,
                    by=operator.by(options),
                )
            self.stdout.write(f"{version} ({options['language']}): {stored} recordings.")


def _rendered(version: QuestionnaireVersion, language: str, engine: Engine) -> list[Sound]:
    texts = spoken(version.in_language(language))
    try:
        return [
            Sound(place, MEDIA[engine.ending], engine.say(text, language))
            for place, text in texts.items()
        ]
    except EngineFailed as failure:
        raise CommandError(str(failure)) from failure
