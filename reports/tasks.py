"""Background work. A task takes an id, claims it in the database, and may run twice unharmed."""

from celery import shared_task

from reports.actions import builds


@shared_task
def open_school(step_id: int) -> None:
    """Open a school's answers and keep their codes; the last school offers the counting."""
    builds.open_school(step_id)


@shared_task
def count(build_id: str) -> None:
    """Count, control and attack a build; its pieces are offered when that is stored."""
    builds.count(build_id)


@shared_task
def render(step_id: int) -> None:
    """Render one piece."""
    builds.render(step_id)


@shared_task
def sweep() -> None:
    """Called by beat: offer again what nobody holds."""
    builds.sweep()
