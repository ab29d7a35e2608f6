"""Who sent a request to a page that asks for a log-in."""

from django.http import Http404, HttpRequest

from schools.models import User


def signed_in(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise Http404
    return request.user
