"""The front door: what is published, and what waits for whoever is signed in."""

from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reports import due as released
from reports.queries import published_waves, reports_of
from schools.due import grants_that_end, in_order
from schools.keys import ANALYSIS_PRIVATE_KEY, has_key
from schools.models import User
from schools.permissions import Action, Duties, duties
from surveys import due as field


@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What is due for a signed-in person, and public results for everybody."""
    waves, mine = list(published_waves()), duties(request.user)
    officers = mine.of(Action.SEE_BOROUGH)
    reports = reports_of([each.build_id for each in waves], mine.at(Action.SEE_SCHOOL_REPORT))
    context = {
        "waves": waves,
        "officers": [each for each in waves if each.wave.authority in officers],
        "reports": [
            (each.wave, reports[each.build_id]) for each in waves if each.build_id in reports
        ],
        "duties": mine,
        "opens_here": has_key(ANALYSIS_PRIVATE_KEY),
    }
    if isinstance(request.user, User):
        context |= _work(request.user, mine)
    return render(request, "home.html", context)


def _work(user: User, mine: Duties) -> dict[str, Any]:
    """What is due, the most urgent first, and how things stand: only of what the person may do."""
    running = field.fieldwork(mine.of(Action.MANAGE_WAVES))
    teaching, boroughs = mine.at(Action.RUN_LESSONS), mine.of(Action.SEE_BOROUGH)
    # The council's own people see every school of a wave instead.
    whole = mine.of(Action.SEE_ROLL_STATUS)
    own = [each for each in mine.at(Action.SEE_ROLL_STATUS) if each.authority not in whole]
    measured = [each for each in mine.of(Action.SEE_QUALITY) if each in boroughs]
    found = [
        *field.lessons(teaching),
        *field.booking(teaching),
        *field.waves(mine.of(Action.MANAGE_WAVES), running),
        *released.builds(mine.of(Action.BUILD)),
        *released.releases(user, mine.of(Action.RELEASE)),
        *released.unread(user, mine.at(Action.HEAR_OF_REPORTS), boroughs, measured),
        *grants_that_end(mine.of(Action.ADMINISTER_ACCOUNTS)),
    ]
    facts = [*field.participation(own), *field.rolls(own)]
    return {"due": in_order(found), "facts": facts, "running": running}


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """The process is alive."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """The process can serve: the database answers and has every migration."""
    try:
        executor = MigrationExecutor(connection)
        pending = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except Exception:
        return JsonResponse({"status": "database unavailable"}, status=503)
    if pending:
        return JsonResponse({"status": "migrations pending"}, status=503)
    return JsonResponse({"status": "ok"})
