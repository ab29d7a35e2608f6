"""Sealed answers, and what linkage found about each response."""

import uuid

from django.db import models

from schools.models import School
from surveys.models.lesson import AccessCode
from surveys.models.wave import Edition, Wave


class Response(models.Model):
    """One pupil's answers to one wave: sealed, with no clock time and no running number."""

    class State(models.TextChoices):
        STARTED = "started", "Under way"
        SUBMITTED = "submitted", "Finished"
        STOPPED = "stopped", "Stopped, answers kept"
        WITHDRAWN = "withdrawn", "Stopped, answers deleted"

    class Entered(models.TextChoices):
        PUPIL = "pupil", "By the pupil"
        ASSISTED = "assisted", "By an adult beside the pupil"
        PAPER = "paper", "By an adult from paper"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Empty in a rehearsal: what belongs to no wave can reach none.
    wave = models.ForeignKey(
        Wave, on_delete=models.PROTECT, related_name="responses", null=True, blank=True
    )
    # One response per code, by the database's own rule. Empty where another tool collected it.
    code = models.OneToOneField(AccessCode, on_delete=models.PROTECT, null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.STARTED)
    edition = models.CharField(max_length=5, choices=Edition, default=Edition.FULL)
    # Which of the rotating sections came first (see Questionnaire.rotated).
    rotation = models.PositiveSmallIntegerField(default=0)
    entered = models.CharField(max_length=8, choices=Entered, default=Entered.PUPIL)
    analysis_wrap = models.BinaryField()
    resume_wrap = models.BinaryField(null=True, blank=True)

    def __str__(self) -> str:
        return f"response in {self.wave}"


class SealedPage(models.Model):
    """One page of answers. `seq` is the client's number of the save it holds; it only grows."""

    # No number of its own: it would tell in which order the pages of a class came in.
    pk = models.CompositePrimaryKey("response_id", "page")
    response = models.ForeignKey(
        Response,
        on_delete=models.CASCADE,
        related_name="pages",
        db_index=False,  # the key of the table begins with it
    )
    page = models.CharField(max_length=20)
    seq = models.PositiveBigIntegerField()
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.page} ({self.seq})"

    @property
    def context(self) -> str:
        return page_context(self.response_id, self.page, self.seq)


def page_context(response: uuid.UUID, page: str, seq: int) -> str:
    """What a sealed page is bound to: it opens in no other place than its own."""
    return f"{response.hex} {page} {seq}"


class Link(models.Model):
    """What linkage made of a response, with the council's facts as they stood on that day."""

    class Outcome(models.TextChoices):
        LINKED = "linked", "Linked to the roll"
        OPTED_OUT = "opted_out", "Opted out: answers not used"
        WITHDRAWN = "withdrawn", "Withdrawn: answers deleted"
        NOT_ON_ROLL = "not_on_roll", "No longer on the roll: not used"
        DUPLICATE = "duplicate", "A second response of the same pupil: not used"

    response = models.OneToOneField(Response, on_delete=models.CASCADE)
    outcome = models.CharField(max_length=12, choices=Outcome)
    person = models.CharField(max_length=32, db_index=True)
    school = models.ForeignKey(School, on_delete=models.PROTECT, null=True, blank=True)
    year_group = models.PositiveSmallIntegerField(null=True, blank=True)
    sex = models.CharField(max_length=1, blank=True)
    fsm = models.BooleanField(null=True, blank=True)
    sen = models.CharField(max_length=10, blank=True)
    ward = models.CharField(max_length=20, blank=True)
    locality = models.CharField(max_length=20, blank=True)

    def __str__(self) -> str:
        return self.get_outcome_display()
