"""Choosing the language of a pupil's pages."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from surveys.languages import LANGUAGES, remember


# No token: the form stands in a document that is the same for all pupils and is cached, and
# whoever forges it changes no more than the language of a page.
@csrf_exempt
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember the language and go back to `next`, if that is an address of ours."""
    back = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    response = HttpResponseRedirect(back if ours else reverse("enter"))
    language = LANGUAGES.get(request.POST.get("language", ""))
    if language:
        remember(response, language)
    return response
