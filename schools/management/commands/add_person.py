"""manage.py add_person EMAIL --name NAME --role ROLE --authority CODE [--school] [--area]."""

from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from schools.actions import add_membership, add_user
from schools.management import operator
from schools.models import Area, Role, School, User


class Command(BaseCommand):
    help = "Make an account and give it a role; for a known address, give the role only."

    def add_arguments(self, parser: CommandParser) -> None:
        operator.add_authority(parser)
        operator.add_by(parser)
        parser.add_argument("email")
        parser.add_argument("--name", required=True)
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument("--school", default="", help="URN: the role at one school only")
        parser.add_argument("--area", default="", help="code: released results of one area only")

    def handle(self, *args: Any, **options: Any) -> None:
        authority, by = operator.authority(options), operator.by(options)
        try:
            with transaction.atomic():
                user = add_user(
                    email=options["email"],
                    name=options["name"],
                    password=_password(options["email"]),
                    by=by,
                )
                add_membership(
                    user=user,
                    role=options["role"],
                    authority=authority,
                    school=School.objects.get(key=options["school"]) if options["school"] else None,
                    area=_area(authority.pk, options["area"]),
                    by=by,
                )
        except (School.DoesNotExist, Area.DoesNotExist) as error:
            raise CommandError("There is no such school or area.") from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{user.email} may now act as {Role(options['role']).label.lower()}.")


def _password(email: str) -> str | None:
    """Asked for without echo; a known address keeps the one it has."""
    if User.objects.filter(email=email.strip().lower()).exists():
        return None
    password = getpass("Password (at least 12 characters): ")
    validate_password(password)
    return password


def _area(authority: int, code: str) -> Area | None:
    newest = Area.objects.filter(authority=authority, code=code).order_by("-vintage")
    if code and not newest.exists():
        raise Area.DoesNotExist
    return newest.first()
