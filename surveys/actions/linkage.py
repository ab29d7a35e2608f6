"""Link the responses of a closed wave to the roll, and keep the facts as they stood that day."""

import hashlib
import hmac
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import Count, Q

from schools.audit import record
from schools.keys import read_key
from schools.models import Area, RollPupil, User
from schools.vintages import Places, places
from surveys import linkage, signs
from surveys.models import Edition, Link, Response, Wave
from surveys.placing import choose
from surveys.refusal import Refused
from surveys.snapshot import forget_codes


@transaction.atomic
def link_wave(*, wave: Wave, by: User | None, vintage: str = "") -> dict[str, int]:
    """Link (or link anew) every response of a closed wave. Returns the count of each outcome.

    Args:
        vintage: of the wards to place pupils by (`surveys.placing.choose`); kept with the wave.
    """
    if wave.state not in {Wave.State.CLOSED, Wave.State.LINKED}:
        raise Refused("Close the wave before its responses are linked.")
    if wave.source == Wave.Source.FILE:
        raise Refused("This wave came from a file; its responses were linked when it was read.")
    responses = list(_responses(wave))
    outcomes = linkage.match(_candidate(response) for response in responses)
    Link.objects.filter(response__wave=wave).delete()
    forget_codes(wave)
    wave.vintage = choose(wave, _homes(responses, outcomes), vintage)
    where, key = places(wave.authority, wave.vintage), read_key("RELEASE_KEY")
    Link.objects.bulk_create(
        roll_link(response, outcomes[response.pk.hex], _pupil(response), where, key)
        for response in responses
    )
    wave.state = Wave.State.LINKED
    wave.save(update_fields=["state", "vintage"])
    counts = linkage.counted(outcomes)
    details = {**counts, "vintage": wave.vintage}
    record(by=by, action="wave.linked", subject=wave.key, details=details)
    return counts


def person_of(pupil: RollPupil, key: bytes) -> str:
    """A pupil's row name beyond the door: keyed, so that it leads back to no roll row.

    The same in every wave (a roll row stays when a UPN changes), so waves can be linked.
    """
    return hmac.new(key, b"person " + pupil.pk.bytes, hashlib.sha256).hexdigest()[:32]


def _responses(wave: Wave) -> Iterable[Response]:
    return (
        Response.objects.filter(wave=wave)
        .select_related("code__pupil__area")
        .annotate(saved=Count("pages__page", filter=~Q(pages__page=signs.PAGE)))
        .order_by("pk")
    )


def _pupil(response: Response) -> RollPupil | None:
    return response.code.pupil if response.code else None


def _homes(responses: Iterable[Response], outcomes: Mapping[str, str]) -> Iterable[Area | None]:
    """Of those whose answers are used."""
    used = (each for each in responses if outcomes[each.pk.hex] == linkage.LINKED)
    return (pupil.area for each in used if (pupil := _pupil(each)))


def _candidate(response: Response) -> linkage.Candidate:
    pupil = _pupil(response)
    return linkage.Candidate(
        response=response.pk.hex,
        pseudonym=pupil.pseudonym if pupil else None,
        on_roll=bool(pupil and pupil.left_on is None),
        opted_out=bool(pupil and pupil.opted_out_on),
        withdrawn=response.state == Response.State.WITHDRAWN,
        finished=response.state == Response.State.SUBMITTED,
        full=response.edition == Edition.FULL,
        pages=response.saved,  # type: ignore[attr-defined]
    )


def roll_link(
    response: Response, outcome: str, pupil: RollPupil | None, where: Places, key: bytes
) -> Link:
    """The link of a response, with the roll's facts about its pupil if it may be used."""
    link = Link(response=response, outcome=outcome)
    if outcome == linkage.LINKED and pupil:
        link.person = person_of(pupil, key)
        link.school_id, link.year_group = pupil.school_id, pupil.year_group
        link.sex, link.fsm, link.sen = pupil.sex, pupil.fsm, pupil.sen
        home = where.home(pupil.area)
        link.ward, link.locality = home["ward"], home["locality"]
    return link
