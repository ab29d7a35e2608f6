"""manage.py set_up_wave KEY: a new wave in preparation."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from schools.management import operator
from schools.models import School
from surveys.actions.waves import set_up_wave
from surveys.management import named
from surveys.models import Wave


class Command(BaseCommand):
    help = "Set up a wave: which questionnaire, which schools and year groups, from when to when."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("key")
        parser.add_argument("--name", required=True)
        operator.add_authority(parser)
        parser.add_argument("--questionnaire", required=True, metavar="KEY")
        parser.add_argument("--questionnaire-version", default="", metavar="VERSION")
        parser.add_argument("--short", default="", metavar="KEY", help="the short version, if any")
        parser.add_argument("--short-version", default="", metavar="VERSION")
        parser.add_argument(
            "--schools", nargs="*", metavar="URN", help="all schools of the authority when left out"
        )
        parser.add_argument("--years", nargs="+", type=int, required=True, metavar="YEAR")
        parser.add_argument("--opens", required=True, type=date.fromisoformat, metavar="DATE")
        parser.add_argument("--closes", required=True, type=date.fromisoformat, metavar="DATE")
        parser.add_argument("--previous", default="", metavar="KEY", help="the wave before it")
        parser.add_argument(
            "--from-file", action="store_true", help="answered in another tool: import_responses"
        )
        operator.add_by(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        source = Wave.Source.FILE if options["from_file"] else Wave.Source.LESSONS
        authority = operator.authority(options)
        schools = School.objects.filter(authority=authority)
        if options["schools"]:
            schools = schools.filter(key__in=options["schools"])
            missing = set(options["schools"]) - {school.key for school in schools}
            if missing:
                raise CommandError(f"Not in the register: {', '.join(sorted(missing))}.")
        short = options["short"]
        with named.refusals_told():
            wave = set_up_wave(
                authority=authority,
                key=options["key"],
                name=options["name"],
                questionnaire=named.questionnaire(
                    options["questionnaire"], options["questionnaire_version"]
                ),
                short_questionnaire=(
                    named.questionnaire(short, options["short_version"]) if short else None
                ),
                schools=schools,
                year_groups=options["years"],
                opens_on=options["opens"],
                closes_on=options["closes"],
                by=operator.by(options),
                source=source,
                previous=named.wave(options["previous"]) if options["previous"] else None,
            )
        self.stdout.write(f"Set up: {wave}, {wave.schools.count()} schools.")
