"""The figures of a build's quality page, made when the build is counted."""

from django.db import models

from reports.models.build import Build


class QualityRecord(models.Model):
    """How a wave was answered, for the council's own analysts: borough figures only."""

    build = models.OneToOneField(Build, on_delete=models.CASCADE, related_name="quality")
    document = models.JSONField()
    sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"quality of {self.build}"
