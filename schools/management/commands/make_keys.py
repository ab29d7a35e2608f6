"""manage.py make_keys: the keys that are missing."""

from typing import Any

from django.core.management.base import BaseCommand

from schools import keys


class Command(BaseCommand):
    help = "Write each missing key to its own file. A key that exists is never overwritten."

    def handle(self, *args: Any, **options: Any) -> None:
        made = keys.make_keys()
        for name in keys.NAMES:
            if name in made:
                self.stdout.write(f"{name}: written to {made[name]}")
            elif keys.has_key(name):
                self.stdout.write(f"{name}: exists, left as it is")
            else:
                self.stdout.write(f"{name}: not made, its other half exists; restore it by hand")
        self.stdout.write("Copy the keys to a safe away from the database and its backups.")
