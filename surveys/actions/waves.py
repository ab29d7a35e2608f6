"""Questionnaire versions and waves: adopt, permit, set up, open, close."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from schools.audit import record
from schools.models import Authority, School, User
from surveys.actions.rehearsals import clear_rehearsals
from surveys.definition import fingerprint, parse
from surveys.models import Lesson, QuestionnaireVersion, Response, ScalePermission, Wave
from surveys.refusal import Refused
from surveys.wording import apply_pack


@transaction.atomic
def adopt_questionnaire(*, document: dict[str, Any], by: User | None) -> QuestionnaireVersion:
    """Store a checked questionnaire. The same text again changes nothing.

    Raises `DefinitionErrors` for a broken one and `Refused` where a fielded version differs.
    """
    definition = parse(document)
    existing = QuestionnaireVersion.objects.filter(
        key=definition.key, version=definition.version
    ).first()
    if existing and existing.fingerprint == fingerprint(document):
        return existing
    if existing and existing.fielded_at:
        raise Refused(
            f"{existing} has been fielded and cannot change. Give the new text a version."
        )
    stored = existing or QuestionnaireVersion(key=definition.key, version=definition.version)
    stored.title, stored.document = definition.title, document
    stored.save()
    stored.permissions.all().delete()
    record(by=by, action="questionnaire.adopted", subject=str(stored))
    return stored


@transaction.atomic
def permit_scale(
    *, questionnaire: QuestionnaireVersion, scale: str, kind: str, by: User | None, **details: Any
) -> ScalePermission:
    """Record why the wording of a scale may be used (`holder`, `reference`, `granted_on`)."""
    if scale not in {each.key for each in questionnaire.definition.scales}:
        raise Refused(f"{questionnaire} has no scale called {scale!r}.")
    permission, _ = ScalePermission.objects.update_or_create(
        questionnaire=questionnaire, scale=scale, defaults={"kind": kind, **details}
    )
    record(
        by=by, action="scale.permitted", subject=f"{questionnaire} {scale}", details={"kind": kind}
    )
    return permission


@transaction.atomic
def load_wording(*, pack: dict[str, Any], by: User | None) -> QuestionnaireVersion:
    """A new version of an adopted questionnaire with a pack's licensed wording and its permission.

    What was recorded for the other scales holds on. Packs lie one on the other: each goes on
    the newest version of those that came before. Raises `DefinitionErrors` with the places in
    the pack, and `Refused` where its questionnaire has not been adopted.
    """
    key, version = str(pack.get("questionnaire", "")), str(pack.get("version", ""))
    versions = QuestionnaireVersion.objects.filter(key=key).order_by("pk")
    base = versions.filter(version__regex=rf"^{re.escape(version)}(\+|$)").last()
    if base is None:
        raise Refused(f"Adopt the questionnaire {key!r} {version!r} before its wording is loaded.")
    worded = adopt_questionnaire(document=apply_pack(base.document, pack), by=by)
    for held in base.permissions.exclude(scale=pack["scale"]):
        held.pk, held.questionnaire = None, worded
        held.save()
    permission = pack["permission"]
    permit_scale(
        questionnaire=worded,
        scale=pack["scale"],
        kind=ScalePermission.Kind.LICENSED,
        holder=permission["holder"],
        reference=f"{permission['registered_with']}, {permission['reference']}"[:200],
        granted_on=_day(permission["date"]),
        by=by,
    )
    return worded


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(f"The permission's date must look like 2026-01-31, not {text!r}.") from None


def permit_stand_in_wording(*, questionnaire: QuestionnaireVersion, by: User | None) -> None:
    """Record for every scale that the repository's own stand-in wording is used."""
    for scale in questionnaire.definition.scales:
        permit_scale(
            questionnaire=questionnaire,
            scale=scale.key,
            kind=ScalePermission.Kind.STAND_IN,
            holder="Written for this product",
            by=by,
        )


@transaction.atomic
def set_up_wave(
    *,
    authority: Authority,
    key: str,
    name: str,
    questionnaire: QuestionnaireVersion,
    schools: Iterable[School],
    year_groups: list[int],
    opens_on: date,
    closes_on: date,
    by: User | None,
    **more: Any,
) -> Wave:
    """A new wave in preparation. `more`: short_questionnaire, source, previous, made_up."""
    schools = list(schools)
    if closes_on < opens_on:
        raise Refused("A wave cannot close before it opens.")
    if not schools or any(school.authority_id != authority.pk for school in schools):
        raise Refused("A wave needs at least one school, all of the same authority.")
    if Wave.objects.filter(key=key).exists():
        raise Refused(f"There is a wave called {key!r} already.")
    _check_previous(more.get("previous"), authority, opens_on)
    wave = Wave.objects.create(
        authority=authority,
        key=key,
        name=name,
        questionnaire=questionnaire,
        year_groups=sorted(year_groups),
        opens_on=opens_on,
        closes_on=closes_on,
        **more,
    )
    wave.schools.set(schools)
    record(by=by, action="wave.set_up", subject=key)
    return wave


@transaction.atomic
def follow_wave(*, wave: Wave, previous: Wave | None, by: User | None) -> None:
    """Say which wave came before one, so that the next build is set beside it; None for none."""
    _check_previous(previous, wave.authority, wave.opens_on)
    wave.previous = previous
    wave.save(update_fields=["previous"])
    details = {"previous": previous.key if previous else None}
    record(by=by, action="wave.follows", subject=wave.key, details=details)


def _check_previous(previous: Wave | None, authority: Authority, opens_on: date) -> None:
    if previous is None:
        return
    if previous.authority_id != authority.pk:
        raise Refused("The wave before must be of the same authority.")
    if previous.opens_on >= opens_on:
        raise Refused(f"{previous} did not open before this wave.")


@transaction.atomic
def open_wave(*, wave: Wave, by: User | None) -> None:
    """Open a wave for lessons. From here on its questionnaire never changes."""
    if wave.state != Wave.State.DRAFT:
        raise Refused(f"{wave} is {wave.get_state_display().lower()}; only a draft can be opened.")
    for version in filter(None, (wave.questionnaire, wave.short_questionnaire)):
        _require_permissions(version)
        _mark_fielded(version)
    _move(wave, Wave.State.OPEN, by)


@transaction.atomic
def close_wave(*, wave: Wave, by: User | None) -> None:
    """Close a wave and every lesson of it. What pupils could resume with is destroyed."""
    if wave.state != Wave.State.OPEN:
        raise Refused(
            f"{wave} is {wave.get_state_display().lower()}; only an open wave can be closed."
        )
    wave.lessons.exclude(state=Lesson.State.CLOSED).update(state=Lesson.State.CLOSED)
    Response.objects.filter(wave=wave).update(resume_wrap=None)
    clear_rehearsals(wave.lessons.all())
    _move(wave, Wave.State.CLOSED, by)


def _require_permissions(questionnaire: QuestionnaireVersion) -> None:
    permitted = set(questionnaire.permissions.values_list("scale", flat=True))
    missing = [s.key for s in questionnaire.definition.scales if s.key not in permitted]
    if missing:
        raise Refused(
            "The wave cannot open: no permission is recorded for the wording of "
            f"{', '.join(missing)}. Record a licence, or that stand-in wording is used."
        )


def _mark_fielded(questionnaire: QuestionnaireVersion) -> None:
    if questionnaire.fielded_at is None:
        questionnaire.fielded_at = timezone.now()
        questionnaire.save()


def _move(wave: Wave, state: str, by: User | None) -> None:
    wave.state = state
    wave.save(update_fields=["state"])
    record(by=by, action=f"wave.{state}", subject=wave.key)
