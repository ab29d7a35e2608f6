"""A build: one computation of a wave's released figures, and the pieces rendered from it.

The truth about work in progress is the row here with its lease, never the broker: a job may
be delivered twice or lost, and the row still says who holds it and until when.
"""

import uuid
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from surveys.models import Wave

MAX_ATTEMPTS = 5


def lease_end() -> datetime:
    return timezone.now() + timedelta(seconds=settings.LEASE_SECONDS)


class LeaseQuerySet(models.QuerySet[Any]):
    def unfinished(self) -> Self:
        return self.filter(state__in=self.model.WORKING)

    def free(self) -> Self:
        """Unfinished and held by nobody, or by somebody whose lease has run out."""
        return self.unfinished().filter(
            Q(lease_until=None) | Q(lease_until__lt=timezone.now()), attempts__lt=MAX_ATTEMPTS
        )

    def spent(self) -> Self:
        """Tried too often: every attempt ended without a result and without an error."""
        return self.unfinished().filter(lease_until__lt=timezone.now(), attempts__gte=MAX_ATTEMPTS)


class Leased(models.Model):
    """Work that one worker at a time may hold, for a limited time."""

    WORKING: ClassVar[tuple[str, ...]] = ()

    owner = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)

    objects = LeaseQuerySet.as_manager()

    class Meta:
        abstract = True

    def claim(self) -> uuid.UUID | None:
        """Take the work by one conditional update. None: somebody else has it, or it is done."""
        owner = uuid.uuid4()
        taken = (
            self._rows()
            .free()
            .update(owner=owner, lease_until=lease_end(), attempts=F("attempts") + 1)
        )
        return owner if taken else None

    def renew(self, owner: uuid.UUID) -> bool:
        """Hold on for another lease. False: it was taken over, so stop."""
        rows = self._rows().filter(owner=owner)
        return bool(rows.update(lease_until=lease_end()))

    def settle(self, owner: uuid.UUID, **values: Any) -> bool:
        """Write the end of the work, if `owner` still holds it. Call inside the transaction
        that stores the result, and undo that when this is False."""
        rows = self._rows().filter(owner=owner)
        return bool(rows.update(owner=None, lease_until=None, **values))

    def _rows(self) -> LeaseQuerySet:
        return type(self).objects.filter(pk=self.pk)


class Build(Leased):
    """One computation of a wave's figures. Same input, same build: `input_key` is unique.

    `words` are part of the input: a build speaks them for ever, whatever is edited later.
    """

    class State(models.TextChoices):
        OPENING = "opening", "Opening answers"
        COUNTING = "counting", "Counting and checking"
        RENDERING = "rendering", "Writing reports"
        COMPLETE = "complete", "Complete"
        FAILED = "failed", "Failed"

    WORKING = (State.COUNTING,)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="builds")
    input_key = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.COUNTING)
    earlier = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The build of the wave before that this one is set beside.",
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    requested_at = models.DateTimeField(auto_now_add=True)
    vintage = models.CharField(
        max_length=10,
        blank=True,
        help_text="Of the wards by which its pupils are placed, and which its maps draw.",
    )
    finished_at = models.DateTimeField(null=True, blank=True)
    rules = models.JSONField(default=dict, help_text="The rule set and verdict rule used.")
    words = models.JSONField(default=list, help_text="The council's own words in force then.")
    report = models.JSONField(default=dict, help_text="What control, certificate and attack said.")

    class Meta:
        ordering = ["-requested_at"]

    def __str__(self) -> str:
        return f"build of {self.wave}, {self.requested_at:%-d %B %Y}"

    def progress(self) -> dict[str, int]:
        """Pieces by state, for staff to watch."""
        states = list(self.steps.values_list("state", flat=True))
        return {"pieces": len(states), "done": states.count(BuildStep.State.DONE)}


class BuildStep(Leased):
    """One piece of a build's work: a school's answers to open, a school's PDF, a place's table.

    What was opened is done with once it is counted; its steps are then taken away.
    """

    ANSWERS = "answers"  # beside the media of `reports/rendering.py`

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"

    WORKING = (State.WAITING,)

    build = models.ForeignKey(Build, on_delete=models.CASCADE, related_name="steps")
    place_kind = models.CharField(max_length=10)
    place_key = models.CharField(max_length=20)
    media = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)

    class Meta:
        ordering = ["place_kind", "place_key", "media"]
        constraints = [
            models.UniqueConstraint(
                fields=["build", "place_kind", "place_key", "media"], name="one_step_per_piece"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.media} of {self.place_kind} {self.place_key}"
