"""A page of released figures changes with its build, its address and who is signed in."""

import hashlib
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition

from reports import queries
from reports.models import Build
from reports.pipeline import METHOD


def etag(request: HttpRequest, build: Build, *args: Any, **kwargs: Any) -> str:
    """The session is part of it: the page's head names the person, and its form has a token.
    A request that comes through no middleware, such as the attack's, has none.

    So are the external figures, which change without a build, and what stands around every page.
    """
    session = getattr(request, "session", None)
    external = queries.external_mark(build.wave)
    reader = (request.get_full_path(), session and session.session_key)
    parts = (METHOD, build.pk, external, reader, _frame())
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'


def _frame() -> tuple[object, ...]:
    """The council's name and look, and the sheet of this version of the program."""
    look = (settings.COUNCIL_COLOUR, settings.COUNCIL_LINK_COLOUR, settings.COUNCIL_LOGO)
    return settings.COUNCIL_NAME, *look, static("census/site.css")


def by_release(view: Any) -> Any:
    """For views of (request, build, …): answer 304 where the reader has this release's page."""

    def answer(request: HttpRequest, build: Build, *args: Any, **kwargs: Any) -> Any:
        response = conditional(request, build, *args, **kwargs)
        patch_cache_control(response, private=True, no_cache=True)
        return response

    conditional = condition(etag_func=etag)(view)
    return answer
