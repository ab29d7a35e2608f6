"""A wave: one fielding of one questionnaire in one authority."""

from django.db import models

from schools.models import Authority, School
from surveys.models.questionnaire import QuestionnaireVersion


class Edition(models.TextChoices):
    """Which of a wave's questionnaires a pupil answers."""

    FULL = "full", "The whole questionnaire"
    SHORT = "short", "The short version with symbols"


class Wave(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", "In preparation"
        OPEN = "open", "Open for lessons"
        CLOSED = "closed", "Closed"
        LINKED = "linked", "Closed and linked"

    class Source(models.TextChoices):
        LESSONS = "lessons", "Answered in lessons here"
        FILE = "file", "Answered in another tool"

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="waves")
    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    questionnaire = models.ForeignKey(QuestionnaireVersion, on_delete=models.PROTECT)
    # Counted as taking part; its answers are kept apart, as they are to other questions.
    short_questionnaire = models.ForeignKey(
        QuestionnaireVersion, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    schools = models.ManyToManyField(School, related_name="waves")
    year_groups = models.JSONField(default=list, help_text="Year groups asked, such as [8, 10].")
    opens_on = models.DateField()
    closes_on = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    source = models.CharField(max_length=10, choices=Source, default=Source.LESSONS)
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True)
    vintage = models.CharField(
        max_length=10,
        blank=True,
        help_text="Of the wards by which its pupils are placed: set at linkage.",
    )
    made_up = models.BooleanField(default=False, help_text="Demonstration data; pages say so.")

    class Meta:
        ordering = ["-opens_on", "key"]

    def __str__(self) -> str:
        return self.name

    def asks(self, edition: str) -> QuestionnaireVersion:
        """The questionnaire of an edition; the whole one where there is no short one."""
        if edition == Edition.SHORT and self.short_questionnaire is not None:
            return self.short_questionnaire
        return self.questionnaire
