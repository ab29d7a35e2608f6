"""manage.py close_overdue_lessons: for a timer, so that resume keys do not outlive lessons."""

from typing import Any

from django.core.management.base import BaseCommand

from surveys.actions.lessons import close_overdue


class Command(BaseCommand):
    help = "Close lessons whose time ran out more than an hour ago."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Closed: {close_overdue(by=None)}")
