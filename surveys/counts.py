"""What may be said of a lesson while it runs: seats as counts, never keyed by code."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from schools.models import School
from surveys.models import AccessCode, Lesson, Response, SealedPage, Wave

# With fewer slips than this a count would point at somebody.
FEWEST = 5


def counts(lesson: Lesson) -> dict[str, int | bool | None]:
    """Each slip once: not started, connecting (opened, nothing saved yet), under way, finished.

    A lesson of fewer than `FEWEST` slips gives None for these four: all that is said is whether
    everyone has finished. A rehearsal's slips are nobody's, so they are always counted.
    """
    found = _tally(lesson)
    said: dict[str, int | bool | None] = {
        "codes": found["codes"],
        "not_started": found["codes"] - found["begun"],
        "connecting": found["begun"] - found["ended"] - found["sent"],
        "under_way": found["sent"],
        "finished": found["ended"],
    }
    if found["codes"] < FEWEST and not lesson.rehearsal:
        said = {"codes": found["codes"], **dict.fromkeys(list(said)[1:])}
    return {**said, "everyone_finished": 0 < found["codes"] == found["ended"]}


@dataclass(frozen=True)
class SchoolCounts:
    """A school in a wave, over those of its lessons that are counted by themselves."""

    lessons: int = 0
    codes: int = 0
    finished: int = 0


def by_school(wave: Wave, schools: Iterable[School]) -> dict[int, SchoolCounts]:
    """By the school's id. Small lessons are left out: else the rest of a sum would be theirs."""
    ended = Q(response__isnull=False) & ~Q(response__state=Response.State.STARTED)
    live = AccessCode.objects.filter(wave=wave, replaced=False, lesson__school__in=schools)
    rows = (
        live.values("lesson__school", "lesson")
        .annotate(codes=Count("pk"), finished=Count("pk", filter=ended))
        .filter(codes__gte=FEWEST)
        .order_by()
    )
    found: dict[int, SchoolCounts] = {}
    for row in rows:
        so_far = found.get(row["lesson__school"], SchoolCounts())
        found[row["lesson__school"]] = SchoolCounts(
            so_far.lessons + 1,
            so_far.codes + row["codes"],
            so_far.finished + row["finished"],
        )
    return found


def _tally(lesson: Lesson) -> dict[str, int]:
    begun, going = Q(response__isnull=False), Q(response__state=Response.State.STARTED)
    sent = Q(Exists(SealedPage.objects.filter(response__code=OuterRef("pk"))))
    return lesson.codes.filter(replaced=False).aggregate(
        codes=Count("pk"),
        begun=Count("pk", filter=begun),
        ended=Count("pk", filter=begun & ~going),
        sent=Count("pk", filter=going & sent),
    )
