"""The front door, and the two questions that machines ask."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reports.queries import published_waves
from schools.keys import ANALYSIS_PRIVATE_KEY, has_key
from schools.permissions import Action, duties, may


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Public results for everybody; below them what a signed-in person came to do."""
    waves = list(published_waves())
    context = {
        "waves": waves,
        "officers": [w for w in waves if may(request.user, Action.SEE_BOROUGH, w.wave.authority)],
        "duties": duties(request.user),
        "opens_here": has_key(ANALYSIS_PRIVATE_KEY),
    }
    return render(request, "home.html", context)


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
