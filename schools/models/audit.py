"""The audit log: each entry carries the hash of the one before it."""

from django.conf import settings
from django.db import models


class AuditHead(models.Model):
    """The end of the chain, one row: locked while an entry is added, and proof of its length."""

    length = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.length} entries"


class AuditEntry(models.Model):
    """Who did what to what. Written only by ``schools.audit.record``; never changed."""

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    action = models.CharField(max_length=60, db_index=True)
    subject = models.CharField(max_length=200, blank=True)
    details = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        verbose_name_plural = "audit entries"

    def __str__(self) -> str:
        return f"{self.number} {self.action} {self.subject}"
