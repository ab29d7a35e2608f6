"""manage.py opt_out --authority CODE --decided-by parent [--upn UPN] [--cancel]."""

from getpass import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from schools.actions import cancel_opt_out, find_pupil, record_opt_out
from schools.keys import MissingKey
from schools.management import operator
from schools.models import OptOutBy, RollPupil


class Command(BaseCommand):
    help = "Note that a pupil does not take part. Asks for the UPN when it is not given."

    def add_arguments(self, parser: CommandParser) -> None:
        operator.add_authority(parser)
        operator.add_by(parser)
        # Asked for by default: what is typed as an option stays in the shell's history.
        parser.add_argument("--upn", default="", help="asked for, without echo, when left out")
        parser.add_argument("--decided-by", choices=OptOutBy.values, default=OptOutBy.PARENT.value)
        parser.add_argument("--cancel", action="store_true", help="the pupil takes part after all")

    def handle(self, *args: Any, **options: Any) -> None:
        authority, by = operator.authority(options), operator.by(options)
        try:
            pupil = find_pupil(authority=authority, upn=options["upn"] or getpass("UPN: "))
        except RollPupil.DoesNotExist as error:
            raise CommandError("No pupil of the roll has this UPN.") from error
        except MissingKey as error:
            raise CommandError(str(error)) from error
        except ValueError as error:
            raise CommandError(f"The UPN {error}.") from error
        if options["cancel"]:
            cancel_opt_out(pupil=pupil, by=by)
        else:
            record_opt_out(pupil=pupil, decided_by=options["decided_by"], by=by)
        self.stdout.write("Opt-out cancelled." if options["cancel"] else "Opt-out recorded.")
