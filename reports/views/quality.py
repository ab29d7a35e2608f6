"""How a wave was answered, for the council's own analysts: borough figures stored with a build."""

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reports import presenters
from reports.models import QualityRecord
from reports.views.builds import seen
from schools.audit import record
from schools.permissions import Action, may, signed_in


@never_cache
@login_required
@require_safe
def quality(request: HttpRequest, build: str) -> HttpResponse:
    """The quality page of a build; whoever opens it is written down."""
    found = seen(request, build)
    stored = QualityRecord.objects.filter(build=found).first()
    if stored is None:
        raise Http404
    with transaction.atomic():
        record(by=signed_in(request), action="quality.seen", subject=str(found.pk))
    public = found.publication_events.exists()
    figures = public or may(request.user, Action.SEE_UNRELEASED, found.wave.authority)
    context = {
        "build": found,
        "sections": presenters.quality_sections(stored.document, figures=figures),
        "made_up": found.wave.made_up,
    }
    return render(request, "reports/quality.html", context)
