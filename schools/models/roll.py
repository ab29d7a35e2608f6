"""Pupils as the council's roll knows them, without number or name."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from schools.models.places import Area, Authority, School


class Sex(models.TextChoices):
    MALE = "M", "Male"
    FEMALE = "F", "Female"
    OTHER = "X", "Recorded otherwise"


class FsmKind(models.TextChoices):
    """Which of the two records of free school meals a roll carried."""

    CENSUS_DAY = "census_day", "Eligible on census day"
    EVER_SIX = "ever6", "Eligible at any time in six years"


class Sen(models.TextChoices):
    NONE = "none", "No provision"
    SUPPORT = "support", "SEN support"
    PLAN = "plan", "Education, health and care plan"


class OptOutBy(models.TextChoices):
    PARENT = "parent", "Parent or carer"
    PUPIL = "pupil", "Pupil"


class RollImport(models.Model):
    """One roll file taken in: how its columns were read, what changed, what was wrong.

    ``problems`` and ``mapping`` hold row numbers, column names and reasons, never a cell.
    """

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="roll_imports")
    file_sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=200, blank=True)
    term = models.CharField(max_length=50, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    mapping = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    problems = models.JSONField(default=list)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.file_name or 'roll'} of {self.at:%d %B %Y}"


class RollPupilQuerySet(models.QuerySet["RollPupil"]):
    def on_roll(self) -> "RollPupilQuerySet":
        return self.filter(left_on=None)

    def may_take_part(self) -> "RollPupilQuerySet":
        """On the roll and not opted out: those for whom codes are made."""
        return self.on_roll().filter(opted_out_on=None)


class RollPupil(models.Model):
    """One pupil. ``pseudonym`` is HMAC-SHA256(link key, UPN) in hexadecimal.

    ``id`` stays when a pupil's UPN, and so the pseudonym, changes: refer to pupils by ``id``.
    ``class_number`` is the place in the class list as the file had it: with no name stored, it
    is how a teacher finds whose slip is whose. ``outside`` says that the pupil is known to live
    outside the authority; with no area and ``outside`` false the home is unknown.
    ``last_import`` is the import that last wrote the row.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="pupils")
    pseudonym = models.CharField(max_length=64)
    school = models.ForeignKey(School, models.PROTECT, related_name="pupils")
    year_group = models.SmallIntegerField()
    sex = models.CharField(max_length=1, choices=Sex.choices, blank=True)
    fsm = models.BooleanField(null=True)
    fsm_kind = models.CharField(max_length=10, choices=FsmKind.choices, blank=True)
    sen = models.CharField(max_length=7, choices=Sen.choices, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    outside = models.BooleanField(default=False)
    ethnicity = models.CharField(max_length=10, blank=True)
    class_name = models.CharField(max_length=50, blank=True)
    class_number = models.PositiveSmallIntegerField(null=True, blank=True)
    opted_out_on = models.DateField(null=True, blank=True)
    opted_out_by = models.CharField(max_length=6, choices=OptOutBy.choices, blank=True)
    left_on = models.DateField(null=True, blank=True)
    last_import = models.ForeignKey(
        RollImport, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = RollPupilQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["school", "year_group"], name="pupils_of_a_year")]
        constraints = [
            models.UniqueConstraint(fields=["authority", "pseudonym"], name="one_pupil_once"),
            models.CheckConstraint(
                condition=Q(opted_out_on__isnull=True, opted_out_by="")
                | (Q(opted_out_on__isnull=False) & ~Q(opted_out_by="")),
                name="an_opt_out_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"pupil {self.id}"

    @property
    def place_in_class(self) -> str:
        """Such as "8B, number 7"; the year group stands in for a class that has no name."""
        group = self.class_name or f"Year {self.year_group}"
        return f"{group}, number {self.class_number}" if self.class_number else group
