"""What may be said of a lesson while it runs: seats as counts, never keyed by code."""

from django.db.models import Count, Exists, OuterRef, Q

from surveys.models import Lesson, Response, SealedPage

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


def _tally(lesson: Lesson) -> dict[str, int]:
    begun, going = Q(response__isnull=False), Q(response__state=Response.State.STARTED)
    sent = Q(Exists(SealedPage.objects.filter(response__code=OuterRef("pk"))))
    return lesson.codes.filter(replaced=False).aggregate(
        codes=Count("pk"),
        begun=Count("pk", filter=begun),
        ended=Count("pk", filter=begun & ~going),
        sent=Count("pk", filter=going & sent),
    )
