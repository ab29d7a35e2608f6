"""manage.py print_slips LESSON OUT.pdf --address URL: a lesson's unused slips, made anew."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from schools.management import operator
from surveys.actions.lessons import reprint
from surveys.management import named
from surveys.models import Lesson
from surveys.slips import slips_pdf


class Command(BaseCommand):
    help = "New slips for everybody in a lesson who has not started; the old ones stop working."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("lesson", help="the lesson's identifier, as in its address")
        parser.add_argument("out", help="the PDF file to write")
        parser.add_argument("--address", required=True, help="of the site: https://census.example")
        operator.add_by(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        site = options["address"].rstrip("/")
        lesson = _lesson(options["lesson"])
        with named.refusals_told():
            slips = reprint(lesson=lesson, by=operator.by(options))
        content = slips_pdf(
            slips,
            title=lesson.title,
            start=site.split("://")[-1] + reverse("enter"),
            link=lambda code: site + reverse("scanned", args=[code]),
        )
        Path(options["out"]).write_bytes(content)
        self.stdout.write(f"{len(slips)} slips in {options['out']}.")


def _lesson(key: str) -> Lesson:
    try:
        return Lesson.objects.get(pk=key)
    except (Lesson.DoesNotExist, ValidationError):
        raise CommandError("There is no such lesson.") from None
