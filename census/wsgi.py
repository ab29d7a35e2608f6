"""The WSGI entry point for granian and gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

from census.settle import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "census.settings")

application = get_wsgi_application()


def refuse_unsafe_database() -> None:
    """Do not serve where "saved" could be untrue. Raises SystemExit with the reasons.

    A database that does not answer yet is no reason: /readyz says so until it does.
    """
    from django.db import OperationalError, connection

    from surveys.durability import unsafe

    own = connection.copy()
    try:
        reasons = unsafe(own)
    except OperationalError:
        return
    finally:
        own.close()
    if reasons:
        raise SystemExit(" ".join(reasons))


refuse_unsafe_database()


def make_ready() -> None:
    """Read every view before the first reader comes."""
    from django.urls import get_resolver

    _ = get_resolver().url_patterns
    settle()


make_ready()
