"""What beat calls for lessons."""

from celery import shared_task

from surveys.actions.lessons import close_overdue


@shared_task
def close_overdue_lessons() -> None:
    """No key for resuming outlives a lesson that nobody closed."""
    close_overdue(by=None)
