"""The Celery application: ``celery -A census worker`` and ``celery -A census beat``."""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_process_init

from census.settle import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "census.settings")

app = Celery("census")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect
def make_ready(**_: Any) -> None:
    """Read what papers are made with before the first is asked for."""
    import reports.pdf
    import reports.presenters  # noqa: F401

    settle()
