"""Counts of the council's own registers, as it has loaded them. Never a child, never few."""

from django.conf import settings
from django.db import models

from schools.models import Authority


class RegisterTable(models.Model):
    """One loaded table. Never changed: the newest of an authority counts, the others say what
    was shown before."""

    authority = models.ForeignKey(
        Authority, on_delete=models.PROTECT, related_name="register_tables"
    )
    counts = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64, help_text="Of the file as it was loaded.")
    loaded_at = models.DateTimeField(auto_now_add=True)
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{len(self.counts)} register counts of {self.authority}"
