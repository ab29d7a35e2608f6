"""What wraps every request, so made that a save in a lesson costs little more than its commit."""

from collections.abc import Callable
from typing import Any, cast

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.gzip import GZipMiddleware

Handler = Callable[[HttpRequest], HttpResponse]

# From the outside in. None of them has a hook of its own for views (`process_view`): such a
# hook is called only for what stands in MIDDLEWARE itself.
FOR_PAGES: tuple[Callable[[Any], Any], ...] = (
    CSPMiddleware,
    GZipMiddleware,
    SessionMiddleware,
    AuthenticationMiddleware,
    MessageMiddleware,
    XFrameOptionsMiddleware,
)


class Pages:
    """What only pages need: content policy, compression, session, account, messages, framing.

    The addresses of `WITHOUT_PAGES` are for pupils' scripts: short JSON, asked for often, by
    people who have no account.
    """

    def __init__(self, get_response: Handler) -> None:
        self.bare = self.within = get_response
        for middleware in reversed(FOR_PAGES):
            self.within = cast(Handler, middleware(self.within))

    def __call__(self, request: HttpRequest) -> HttpResponse:
        bare = request.path_info in settings.WITHOUT_PAGES
        return self.bare(request) if bare else self.within(request)
