"""The demonstration's own database: empty, or one that it made itself."""

from django.core.management import call_command

from census.demo.borough import CODE
from census.demo.staff import DOMAIN
from schools.models import Authority, User


class NotOurs(Exception):
    """The database holds something that the demonstration did not make."""


def prepare_database() -> bool:
    """Make the tables, and empty a demonstration that is there. Says whether one was.

    Raises NotOurs, and changes no row, when there is anything else: another authority, or an
    account with an address outside the demonstration.
    """
    call_command("migrate", verbosity=0, interactive=False)
    if Authority.objects.exclude(code=CODE).exists():
        raise NotOurs("it holds another authority")
    if User.objects.exclude(email__endswith=f"@{DOMAIN}").exists():
        raise NotOurs("it holds accounts of other people")
    if not (Authority.objects.exists() or User.objects.exists()):
        return False
    call_command("flush", verbosity=0, interactive=False)
    return True
