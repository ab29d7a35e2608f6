"""How far a wave has come: counts by school, and what linkage found. Reads, changes nothing."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from schools.models import RollPupil, School
from surveys.models import AccessCode, Lesson, Link, Response, Wave

EXPLAINED = {
    Link.Outcome.LINKED: "The code was given to a pupil of the roll. The answers are used.",
    Link.Outcome.OPTED_OUT: "The pupil or a parent said no before the day of linkage.",
    Link.Outcome.WITHDRAWN: "The pupil stopped and asked for the answers to be deleted.",
    Link.Outcome.NOT_ON_ROLL: "The pupil has left the schools of the roll.",
    Link.Outcome.DUPLICATE: (
        "A pupil answered twice, on a slip and on its replacement. The finished or fuller "
        "response is used, this one is not."
    ),
}


@dataclass(frozen=True)
class SchoolProgress:
    """`on_roll` counts the wave's year groups, opted-out pupils included."""

    school: School
    on_roll: int
    opted_out: int
    lessons: int
    codes: int
    started: int
    finished: int


def by_school(wave: Wave) -> list[SchoolProgress]:
    """One row a school of the wave, in order of names. Five queries, however many schools."""
    schools = list(wave.schools.order_by("name"))
    pupils = RollPupil.objects.on_roll().filter(school__in=schools, year_group__in=wave.year_groups)
    codes = AccessCode.objects.filter(wave=wave, replaced=False)
    responses = Response.objects.filter(wave=wave, code__replaced=False)
    ended = ~Q(state=Response.State.STARTED)
    roll = _counted(pupils, "school", opted_out=Q(opted_out_on__isnull=False))
    lessons = _counted(Lesson.objects.filter(wave=wave, rehearsal=False), "school")
    issued = _counted(codes, "lesson__school")
    begun = _counted(responses, "code__lesson__school", finished=ended)
    return [
        SchoolProgress(
            school=school,
            on_roll=roll.get(school.pk, {}).get("rows", 0),
            opted_out=roll.get(school.pk, {}).get("opted_out", 0),
            lessons=lessons.get(school.pk, {}).get("rows", 0),
            codes=issued.get(school.pk, {}).get("rows", 0),
            started=begun.get(school.pk, {}).get("rows", 0),
            finished=begun.get(school.pk, {}).get("finished", 0),
        )
        for school in schools
    ]


def linkage_report(wave: Wave) -> list[tuple[str, int, str]]:
    """(outcome in words, how many, what it means): every outcome, those of nobody too."""
    links = Link.objects.filter(response__wave=wave).order_by()
    found = dict(links.values_list("outcome").annotate(Count("pk")))
    return [(str(each.label), found.get(each, 0), EXPLAINED[each]) for each in Link.Outcome]


def _counted(rows: QuerySet[Any], school: str, **kinds: Q) -> dict[int, dict[str, int]]:
    tallies = {name: Count("pk", filter=kind) for name, kind in kinds.items()}
    grouped = rows.order_by().values(school).annotate(rows=Count("pk"), **tallies)
    return {row[school]: row for row in grouped}
