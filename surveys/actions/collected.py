"""Bring in a wave that was answered in another tool: same door, same sealing, no lesson."""

import hashlib
import hmac
import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone

from schools.audit import record
from schools.keys import read_key
from schools.models import AreaKind, RollPupil, School, User
from schools.roll import pseudonym
from schools.vintages import covering, places
from surveys import linkage
from surveys.actions.linkage import roll_link
from surveys.collected import Collected, CollectedRow
from surveys.models import Link, Response, SealedPage, Wave
from surveys.models.response import page_context
from surveys.placing import choose
from surveys.refusal import Refused
from surveys.sealing import new_data_key, seal_answers, wrap_for_analysis

PAGE = "collected"  # the single sealed page that holds all answers of a collected response


@transaction.atomic
def import_responses(
    *, wave: Wave, collected: Collected, by: User | None, vintage: str = ""
) -> int:
    """Store every row of a file read by `surveys.collected`. All rows, or none and the reasons.

    Args:
        vintage: of the wards and localities that the file means, if somebody knows; kept with the
            wave, so that its areas can be followed.

    The wave must be a draft whose source is a file; it is closed and linked by this.
    """
    if wave.source != Wave.Source.FILE or wave.state != Wave.State.DRAFT:
        raise Refused("Responses from a file go into a draft wave that was set up for a file.")
    if collected.problems:
        raise Refused(
            f"{len(collected.problems)} problem(s) in the file; nothing was stored.",
            problems=tuple(str(problem) for problem in collected.problems),
        )
    schools = {school.key: school for school in wave.schools.all()}
    named = {row.demographics.get("school") for row in collected.rows if row.upn is None}
    unknown = named - set(schools)
    if unknown:
        listed = ", ".join(sorted(str(each) for each in unknown))
        raise Refused(f"The file names schools that the wave does not have: {listed}.")
    _store(wave, collected.rows, schools, vintage)
    wave.questionnaire.fielded_at = wave.questionnaire.fielded_at or timezone.now()
    wave.questionnaire.save()
    wave.state = Wave.State.LINKED
    wave.save(update_fields=["state", "vintage"])
    record(by=by, action="wave.collected", subject=wave.key, details={"rows": len(collected.rows)})
    return len(collected.rows)


def _store(
    wave: Wave, rows: tuple[CollectedRow, ...], schools: dict[str, School], vintage: str
) -> None:
    public, key = read_key("ANALYSIS_PUBLIC_KEY"), read_key("RELEASE_KEY")
    pupils = _pupils(wave, rows)
    wave.vintage = _vintage(wave, rows, pupils, vintage)
    where = places(wave.authority, wave.vintage)
    outcomes = linkage.match(_candidate(row, pupils) for row in rows)
    responses, pages, links = [], [], []
    for row in rows:
        response, page = _sealed(wave, row.answers, public)
        outcome = outcomes[row.record]
        if row.upn is None:
            link = _file_link(wave, response, row, schools, key)
        else:
            link = roll_link(response, outcome, pupils.get(row.record), where, key)
        responses.append(response)
        pages.append(page)
        links.append(link)
    Response.objects.bulk_create(responses)
    SealedPage.objects.bulk_create(pages)
    Link.objects.bulk_create(links)


def _vintage(
    wave: Wave, rows: tuple[CollectedRow, ...], pupils: dict[str, RollPupil], asked: str
) -> str:
    """By the roll where pupils are on it. A file that names areas of its own may be older than
    all boundaries that the council has; codes of localities alone say nothing of their wards."""
    if pupils:
        return choose(wave, (pupil.area for pupil in pupils.values()), asked)
    kinds = (AreaKind.WARD, AreaKind.LOCALITY)
    named = {(kind, code) for kind in kinds for row in rows if (code := row.demographics.get(kind))}
    if asked:
        choose(wave, (), asked)  # refuses what is not there
        missing = sorted(code for _, code in named - places(wave.authority, asked).areas.keys())
        if missing:
            listed = ", ".join(missing)
            raise Refused(f"The file names areas that are none of the vintage {asked}: {listed}.")
        return asked
    wards = {code for kind, code in named if kind == AreaKind.WARD}
    return covering(wave.authority, wards, wave.closes_on) if wards else ""


def _pupils(wave: Wave, rows: tuple[CollectedRow, ...]) -> dict[str, RollPupil]:
    """The roll's pupil of each row that came with a UPN; the number itself goes no further."""
    numbered = {row.record: row.upn for row in rows if row.upn}
    if not numbered:
        return {}
    link_key = read_key("LINK_KEY")
    marks = {record_: pseudonym(upn, link_key) for record_, upn in numbered.items()}
    roll = RollPupil.objects.filter(authority=wave.authority).select_related("area")
    known = {pupil.pseudonym: pupil for pupil in roll.filter(pseudonym__in=marks.values())}
    return {record_: known[mark] for record_, mark in marks.items() if mark in known}


def _candidate(row: CollectedRow, pupils: dict[str, RollPupil]) -> linkage.Candidate:
    pupil = pupils.get(row.record)
    return linkage.Candidate(
        response=row.record,
        # Without a UPN the record stands for itself: its facts come from the file.
        pseudonym=pupil.pseudonym if pupil else f"record {row.record}",
        on_roll=row.upn is None or bool(pupil and pupil.left_on is None),
        opted_out=bool(pupil and pupil.opted_out_on),
        withdrawn=False,
        finished=True,
        full=True,
        pages=len(row.answers),
    )


def _sealed(wave: Wave, answers: dict[str, Any], public: bytes) -> tuple[Response, SealedPage]:
    response = Response(id=uuid.uuid4(), wave=wave, state=Response.State.SUBMITTED)
    data_key = new_data_key()
    response.analysis_wrap = wrap_for_analysis(public, data_key, context=response.pk.hex)
    sealed = seal_answers(data_key, answers, context=page_context(response.pk, PAGE, 1))
    return response, SealedPage(response=response, page=PAGE, seq=1, sealed=sealed)


def _file_link(
    wave: Wave, response: Response, row: CollectedRow, schools: dict[str, School], key: bytes
) -> Link:
    known = row.demographics
    name = f"{wave.key} {row.record}".encode()
    return Link(
        response=response,
        outcome=Link.Outcome.LINKED,
        person=hmac.new(key, b"record " + name, hashlib.sha256).hexdigest()[:32],
        school=schools[str(known["school"])],
        year_group=int(known["year_group"] or 0) or None,
        sex=known.get("sex") or "",
        fsm={"yes": True, "no": False}.get(known.get("fsm") or ""),
        sen=known.get("sen") or "",
        ward=known.get("ward") or "",
        locality=known.get("locality") or "",
    )
