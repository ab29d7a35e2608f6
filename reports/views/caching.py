"""A page of released figures changes with its build, its address and who is signed in."""

import hashlib
from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest
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

    So is what stands beside a release's figures and changes without it.

    Args:
        beside: gives another mark of a wave whenever that may have changed.
    """
    session = getattr(request, "session", None)
    key = session and session.session_key
    parts = (METHOD, build.pk, beside(build.wave), request.get_full_path(), key)
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'


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
