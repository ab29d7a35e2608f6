"""An adult takes a pupil's seat: beside the pupil, or with the pupil's paper form."""

from django.db import transaction

from schools.keys import read_key
from surveys.actions.responses import Seat, take_seat
from surveys.models import Response
from surveys.refusal import Refused
from surveys.sealing import code_digest


@transaction.atomic
def take_seat_as_adult(*, code: str, entered: str) -> Seat:
    """The seat of a pupil's code (normalised), marked as entered by an adult.

    Raises `Refused` as `take_seat` does, and where a paper form would open what the pupil has
    already answered on a screen: whoever beside the pupil is shown it, an adult alone is not.
    """
    if entered == Response.Entered.PAPER and _begun_on_screen(code):
        raise Refused(
            "This pupil has begun on a screen, and what is there is private. "
            "Ask for a new slip for the paper form.",
            code="begun",
        )
    seat = take_seat(code=code, entered=entered)
    if entered == Response.Entered.PAPER:
        # A form is printed in the order of the document, and that is how it was answered.
        Response.objects.filter(pk=seat.response).update(rotation=0)
    return seat


def _begun_on_screen(code: str) -> bool:
    begun = Response.objects.filter(code__digest=code_digest(code, read_key("CODE_PEPPER")))
    return begun.exclude(entered=Response.Entered.PAPER).exists()
