"""Lessons and the codes that open them."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from schools.models import RollPupil, School
from surveys.models.wave import Wave


class Lesson(models.Model):
    """One sitting of one class."""

    class State(models.TextChoices):
        PLANNED = "planned", "Not started"
        OPEN = "open", "Open"
        PAUSED = "paused", "Paused"
        CLOSED = "closed", "Closed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="lessons")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="lessons")
    title = models.CharField(max_length=80)
    year_group = models.PositiveSmallIntegerField()
    held_on = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    closes_at = models.DateTimeField(null=True, blank=True)
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["held_on", "title"]

    def __str__(self) -> str:
        return f"{self.title}, {self.held_on:%-d %B %Y}"

    @property
    def accepts_answers(self) -> bool:
        in_time = self.closes_at is None or timezone.now() < self.closes_at
        return self.state == self.State.OPEN and in_time


class AccessCode(models.Model):
    """A pupil's way into one lesson. The code itself is on the slip, here is only its HMAC."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="codes")
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="codes")
    pupil = models.ForeignKey(RollPupil, on_delete=models.PROTECT, related_name="codes")
    digest = models.CharField(max_length=64, unique=True)
    replaced = models.BooleanField(default=False, help_text="A new slip was printed instead.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["wave", "pupil"],
                condition=models.Q(replaced=False),
                name="one_live_code_per_pupil",
            ),
        ]

    def __str__(self) -> str:
        return f"code for {self.lesson}"
