"""Released figures, who approved them, and the pointer that publishes one build of a wave."""

from django.conf import settings
from django.db import models

from reports.models.build import Build
from surveys.models import Wave


class ReleasedPlace(models.Model):
    """All released figures of one place in one build, as the document that pages and API read."""

    build = models.ForeignKey(Build, on_delete=models.CASCADE, related_name="places")
    kind = models.CharField(max_length=10)
    key = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    participation = models.JSONField(null=True)
    document = models.JSONField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(fields=["build", "kind", "key"], name="one_document_per_place"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class Approval(models.Model):
    """One releaser's yes to a build. Two different people are needed."""

    build = models.ForeignKey(Build, on_delete=models.CASCADE, related_name="approvals")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["build", "by"], name="one_approval_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.by} approved {self.build}"


class Publication(models.Model):
    """The pointer: which build of a wave is public now. Roll-back is pointing at an older one."""

    wave = models.OneToOneField(Wave, on_delete=models.PROTECT, related_name="publication")
    build = models.ForeignKey(Build, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.wave}: {self.build}"


class PublicationEvent(models.Model):
    """The public log of releases, corrections and roll-backs. Nothing is ever taken out."""

    class Kind(models.TextChoices):
        RELEASE = "release", "First release"
        CORRECTION = "correction", "Correction"
        ROLL_BACK = "roll_back", "Back to an earlier release"

    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="publication_events")
    build = models.ForeignKey(Build, on_delete=models.PROTECT, related_name="publication_events")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.RELEASE)
    at = models.DateTimeField(auto_now_add=True)
    note = models.CharField(max_length=500)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.at:%-d %B %Y}: {self.note}"
