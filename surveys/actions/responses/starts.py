"""Taking a seat: start a response with a code from a slip, or resume it."""

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from typing import Any

from schools.keys import read_key
from surveys.actions.responses.turned_away import finished_already, not_open, wrong_code
from surveys.models import AccessCode, Response
from surveys.sealing import (
    code_digest,
    new_data_key,
    resume_key,
    wrap_for_analysis,
    wrap_for_resume,
)
from surveys.statements import writing

ASKED = ("lesson__wave__questionnaire", "lesson__wave__short_questionnaire")
CODE_WITH = (*ASKED, "pupil")  # without their documents, which are long and parsed already


@dataclass(frozen=True)
class Seat:
    """What a pupil's browser carries: which response is theirs, and the key that opens it.

    `back` brings the screen back after hiding it: a hash over the last symbols of the code.
    """

    response: uuid.UUID
    key: bytes
    back: bytes = b""

    @property
    def tag(self) -> str:
        """What a browser may call this seat by: 12 hexadecimal digits."""
        return tag_of(self.response)


def tag_of(response: uuid.UUID) -> str:
    return hashlib.sha256(b"seat tag " + response.bytes).hexdigest()[:12]


def school_of(*, code: str) -> int | None:
    """The school of whoever holds this code (normalised); None for a code of nobody."""
    if not code:
        return None
    digest = code_digest(code, read_key("CODE_PEPPER"))
    found = AccessCode.objects.filter(digest=digest, replaced=False)
    return found.values_list("lesson__school_id", flat=True).first()


def take_seat(*, code: str, entered: str = Response.Entered.PUPIL) -> Seat:
    """Start a response, or resume it, with a code from a slip (normalised).

    Raises `Refused` with a sentence for the pupil: unknown code, lesson not open, finished.
    """
    pepper = read_key("CODE_PEPPER")
    digest = code_digest(code, pepper)
    fresh = _fresh(code, pepper, entered)  # before the transaction, which saves have to wait for
    with writing():
        response = _response_for(_code_of(digest), fresh)
        if entered not in {Response.Entered.PUPIL, response.entered}:
            # An adult who comes to help in the middle has helped.
            Response.objects.filter(pk=response.pk).update(entered=entered)
    back = hashlib.sha256(f"{tag_of(response.pk)} {code[-4:]}".encode()).digest()
    return Seat(response.pk, resume_key(code, pepper, context=response.pk.hex), back)


def _fresh(code: str, pepper: bytes, entered: str) -> dict[str, Any]:
    """What a new response holds before its code is looked at: identity and wrapped key."""
    identity, data_key = uuid.uuid4(), new_data_key()
    context = identity.hex
    public = read_key("ANALYSIS_PUBLIC_KEY")
    return {
        "id": identity,
        "entered": entered,
        "analysis_wrap": wrap_for_analysis(public, data_key, context=context),
        "resume_wrap": wrap_for_resume(
            resume_key(code, pepper, context=context), data_key, context=context
        ),
    }


def _code_of(digest: str) -> AccessCode:
    """The code, if it may start now; locked with its lesson, which is not closed meanwhile."""
    codes = AccessCode.objects.select_related(*CODE_WITH).defer(*(f"{q}__document" for q in ASKED))
    locked = codes.select_for_update(of=("self", "lesson"))
    found = locked.filter(digest=digest, replaced=False).first()
    if found is None or (found.pupil is not None and found.pupil.opted_out_on):
        raise wrong_code()
    if not found.lesson.accepts_starts:
        raise not_open()
    return found


def _response_for(found: AccessCode, fresh: dict[str, Any]) -> Response:
    turns = found.lesson.wave.asks(found.edition).definition.turns
    fresh |= {
        "wave_id": found.wave_id,
        "edition": found.edition,
        "rotation": secrets.randbelow(turns),
    }
    # get_or_create leans on the database's rule of one response per code: two tabs get one.
    response = Response.objects.get_or_create(code=found, defaults=fresh)[0]
    if response.state != Response.State.STARTED:
        raise finished_already()
    return response
