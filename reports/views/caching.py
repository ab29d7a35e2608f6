"""A page of released figures changes with its build, its address and who is signed in."""

import hashlib
from typing import Any

from django.http import HttpRequest
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition

from reports import queries
from reports.models import Build
from reports.pipeline import METHOD


def etag(request: HttpRequest, build: Build, *args: Any, **kwargs: Any) -> str:
    """The session is part of it: the page's head names the person, and its form has a token.
    A request that comes through no middleware, such as the attack's, has none.

    So are external figures and register counts, which change without a build.
    """
    session = getattr(request, "session", None)
    loaded = (queries.external_mark(build.wave), queries.register_mark(build.wave))
    parts = (METHOD, build.pk, *loaded, request.get_full_path(), session and session.session_key)
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'


def by_release(view: Any) -> Any:
    """For views of (request, build, …): answer 304 where the reader has this release's page."""

    def answer(request: HttpRequest, build: Build, *args: Any, **kwargs: Any) -> Any:
        response = conditional(request, build, *args, **kwargs)
        patch_cache_control(response, private=True, no_cache=True)
        return response

    conditional = condition(etag_func=etag)(view)
    return answer
