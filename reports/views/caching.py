"""A page of released figures changes with its build, its address and who is signed in."""

import hashlib
from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition

from reports import queries
from reports.models import Build
from reports.pipeline import METHOD
from surveys.models import Wave

Mark = Callable[[Wave], object]


def etag(request: HttpRequest, build: Build, beside: Mark = queries.external_mark) -> str:
    """The session is part of it: the page's head names the person, and its form has a token.
    A request that comes through no middleware, such as the attack's, has none.

    So is what stands beside a release's figures and changes without it, and what stands around
    every page.

    Args:
        beside: gives another mark of a wave whenever that may have changed.
    """
    session = getattr(request, "session", None)
    reader = (request.get_full_path(), session and session.session_key)
    parts = (METHOD, build.pk, beside(build.wave), reader, _frame())
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'


def _frame() -> tuple[object, ...]:
    """The council's name and look, and the sheet of this version of the program."""
    look = (settings.COUNCIL_COLOUR, settings.COUNCIL_LINK_COLOUR, settings.COUNCIL_LOGO)
    return settings.COUNCIL_NAME, *look, static("census/site.css")


def by_release(view: Any, beside: Mark = queries.external_mark) -> Any:
    """For views of (request, build, …): answer 304 where the reader has this release's page."""

    def mark(request: HttpRequest, build: Build, *args: Any, **kwargs: Any) -> str:
        return etag(request, build, beside)

    def answer(request: HttpRequest, build: Build, *args: Any, **kwargs: Any) -> Any:
        response = conditional(request, build, *args, **kwargs)
        patch_cache_control(response, private=True, no_cache=True)
        return response

    conditional = condition(etag_func=mark)(view)
    return answer


def by_release_and(beside: Mark) -> Callable[[Any], Any]:
    """The same for views beside whose figures something else stands."""
    return partial(by_release, beside=beside)
