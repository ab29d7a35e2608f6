"""What surrounds the answers: marks of a build's input, counts of the roll and of linkage."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import Case, Count, FilteredRelation, Q, When

from schools.models import RollPupil
from surveys.models import Link, Wave
from surveys.signs import PAGE as ABOUT

if TYPE_CHECKING:
    from django.db.models import QuerySet


def linked_fingerprints(wave: Wave) -> Iterator[str]:
    """What identifies the input of a build: every linked response and every page of answers.

    Not the page of signs: no figure of a build depends on it.
    """
    answered = FilteredRelation("response__pages", condition=~Q(response__pages__page=ABOUT))
    rows = Link.objects.filter(response__wave=wave).annotate(answered=answered)
    for row in rows.order_by("response_id", "answered__page").values_list(
        "response_id", "response__edition", "outcome", "person", "school__key", "year_group",
        "sex", "fsm", "sen", "ward", "locality", "answered__page", "answered__seq",
    ):  # fmt: skip
        yield " ".join(map(str, row))


def roll_fingerprints(wave: Wave) -> Iterator[str]:
    """What identifies the roll beside a wave: how many pupils of each kind it holds.

    Participation, coverage and weights depend on it. Nothing for a wave from a file.
    """
    if wave.source == Wave.Source.FILE:
        return
    facts = ("school__key", "year_group", "sex", "fsm", "sen", "area__code")
    out = Case(When(opted_out_on=None, then=0), default=1)
    kinds = could_take_part(wave).annotate(out=out).values_list(*facts, "out")
    for row in kinds.annotate(pupils=Count("pk")).order_by(*facts, "out"):
        yield " ".join(map(str, row))


def linkage_counts(wave: Wave) -> dict[str, int]:
    """Responses by what linkage made of them, in its own words; all outcomes, also with none."""
    found = Link.objects.filter(response__wave=wave).values_list("outcome").annotate(n=Count("pk"))
    counts = dict(found.order_by())
    return {str(each.label): counts.get(each.value, 0) for each in Link.Outcome}


def year_groups_on_roll(wave: Wave) -> int | None:
    """Pupils of the wave's year groups in all schools of the authority; None for a file's wave."""
    if wave.source == Wave.Source.FILE:
        return None
    pupils = RollPupil.objects.on_roll().filter(authority=wave.authority_id)
    return pupils.filter(year_group__in=wave.year_groups).count()


def could_take_part(wave: Wave) -> "QuerySet[RollPupil]":
    """Pupils on the roll now, of the schools and year groups that a wave asks."""
    return RollPupil.objects.on_roll().filter(
        school__in=wave.schools.all(), year_group__in=wave.year_groups
    )
