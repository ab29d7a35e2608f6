"""manage.py rebuild_release KEY: is what is public still what the answers give, byte for byte?"""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import F

from reports.actions.rebuilds import rebuild
from reports.models import Build
from schools.management import operator
from surveys.refusal import Refused


class Command(BaseCommand):
    help = "Makes the published build of a wave again, compares every byte, and stores nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("key", help="of the wave")
        parser.add_argument("--build", help="another build of the wave than the published one")
        operator.add_by(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        build = _chosen(options["key"], options["build"])
        try:
            found = rebuild(build=build, by=operator.by(options))
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        if found.different:
            raise CommandError("Not the same:\n" + "\n".join(found.different))
        self.stdout.write(
            f"The same: {found.documents} documents and {found.files} files of build {build.pk}."
        )


def _chosen(wave: str, build: str | None) -> Build:
    builds = Build.objects.filter(wave__key=wave).select_related("wave__authority")
    try:
        chosen = (
            builds.filter(pk=build) if build else builds.filter(wave__publication__build=F("pk"))
        )
        return chosen.get()
    except (Build.DoesNotExist, ValidationError) as error:
        raise CommandError(f"There is no such build of a wave {wave!r}.") from error
