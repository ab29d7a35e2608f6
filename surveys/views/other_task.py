"""The other activity's pages: a part each, no form, nothing sent and nothing kept."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from surveys.languages import in_language
from surveys.other_task import PARTS


@never_cache
@require_safe
@in_language
def other_task(request: HttpRequest, number: int = 1) -> HttpResponse:
    if not 1 <= number <= len(PARTS):
        raise Http404
    context = {
        "task": PARTS[number - 1],
        "part": number,
        "parts": len(PARTS),
        "next": number + 1 if number < len(PARTS) else None,
        "back": number - 1 if number > 1 else None,
    }
    return render(request, "surveys/staff/other_task.html", context)
