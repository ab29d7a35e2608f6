"""manage.py verify_audit: is the audit log whole?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from schools.audit import verify


class Command(BaseCommand):
    help = "Read the audit log from its first entry and name every break in the chain."

    def handle(self, *args: Any, **options: Any) -> None:
        found = verify()
        for sentence in found.breaks:
            self.stderr.write(sentence)
        if found.breaks:
            raise CommandError("The audit log is not whole.")
        self.stdout.write(f"{found.entries} entries, the chain is whole. Its head: {found.head}")
