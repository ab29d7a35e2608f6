"""Wiring only: settings, addresses, the Celery application, the demonstration."""

from census.celery import app as celery_app

__all__ = ["celery_app"]
