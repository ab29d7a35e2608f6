"""Lessons and the codes that open them."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from schools.models import RollPupil, School
from surveys.models.wave import Edition, Wave


class Lesson(models.Model):
    """One sitting of one class."""

    class State(models.TextChoices):
        PLANNED = "planned", "Not started"
        OPEN = "open", "Open"
        PAUSED = "paused", "Paused"
        CLOSED = "closed", "Closed"

    TAKES_SAVES = frozenset({State.OPEN, State.PAUSED})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="lessons")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="lessons")
    title = models.CharField(max_length=80)
    year_group = models.PositiveSmallIntegerField()
    held_on = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    closes_at = models.DateTimeField(null=True, blank=True)
    rehearsal = models.BooleanField(
        default=False, help_text="Play codes of nobody; what they answer belongs to no wave."
    )
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["held_on", "title"]

    def __str__(self) -> str:
        return f"{self.title}, {self.held_on:%-d %B %Y}"

    @property
    def accepts_starts(self) -> bool:
        """May a pupil take a seat?"""
        in_time = self.closes_at is None or timezone.now() < self.closes_at
        return self.state == self.State.OPEN and in_time

    @property
    def accepts_saves(self) -> bool:
        """May what was answered still arrive? Until it is closed: some waited for the network."""
        return self.state in self.TAKES_SAVES


class AccessCode(models.Model):
    """A pupil's way into one lesson. The code itself is on the slip, here is only its HMAC."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # A play code of a rehearsal has no wave and no pupil.
    wave = models.ForeignKey(
        Wave, on_delete=models.PROTECT, related_name="codes", null=True, blank=True
    )
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="codes")
    pupil = models.ForeignKey(
        RollPupil, on_delete=models.PROTECT, related_name="codes", null=True, blank=True
    )
    edition = models.CharField(max_length=5, choices=Edition, default=Edition.FULL)
    digest = models.CharField(max_length=64, unique=True)
    replaced = models.BooleanField(default=False, help_text="A new slip was printed instead.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["wave", "pupil"],
                condition=models.Q(replaced=False),
                name="one_live_code_per_pupil",
            ),
            models.CheckConstraint(
                condition=models.Q(wave__isnull=True, pupil__isnull=True)
                | models.Q(wave__isnull=False, pupil__isnull=False),
                name="a_play_code_has_neither_wave_nor_pupil",
            ),
        ]

    def __str__(self) -> str:
        return f"code for {self.lesson}"
