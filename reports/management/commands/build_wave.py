"""manage.py build_wave KEY: ask for the released figures and reports of a linked wave."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reports.actions.builds import request_build
from reports.models import Build
from schools.management import operator
from surveys.models import Wave
from surveys.refusal import Refused


class Command(BaseCommand):
    help = "Count, control and attack a linked wave and write its reports. Publishes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("key")
        operator.add_by(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            wave = Wave.objects.get(key=options["key"])
            build = request_build(wave=wave, by=operator.by(options))
        except Wave.DoesNotExist as error:
            raise CommandError(f"There is no wave {options['key']!r}.") from error
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        build.refresh_from_db()
        if build.state == Build.State.FAILED:
            raise CommandError(build.error)
        done = build.progress()
        self.stdout.write(
            f"Build {build.pk}: {build.get_state_display().lower()}, "
            f"{done['done']} of {done['pieces']} files."
        )
