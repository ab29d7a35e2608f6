"""Who runs a command, and for which authority: the options that commands share."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from schools.models import Authority, User


def add_by(parser: ArgumentParser) -> None:
    parser.add_argument("--by", default="", metavar="EMAIL", help="who does this, for the audit")


def add_authority(parser: ArgumentParser) -> None:
    parser.add_argument("--authority", required=True, metavar="CODE", help="such as E09000016")


def by(options: dict[str, Any]) -> User | None:
    """The account named by --by; None when not given. Raises CommandError."""
    email = options["by"].strip().lower()
    if not email:
        return None
    user = User.objects.filter(email=email).first()
    if user is None:
        raise CommandError("No account has the address given with --by.")
    return user


def authority(options: dict[str, Any]) -> Authority:
    """The authority named by --authority. Raises CommandError."""
    found = Authority.objects.filter(code=options["authority"]).first()
    if found is None:
        raise CommandError(
            f"No authority has the code {options['authority']}: "
            "manage.py import_schools with --authority-name sets it up."
        )
    return found


def content(options: dict[str, Any]) -> bytes:
    """The bytes of the file named by the command's first word. Raises CommandError."""
    try:
        return Path(options["file"]).read_bytes()
    except OSError as error:
        raise CommandError(f"The file cannot be opened: {error.strerror}.") from error
