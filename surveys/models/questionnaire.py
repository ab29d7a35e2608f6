"""Questionnaire versions, and who allowed the wording of each scale."""

from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from surveys.definition import Questionnaire, fingerprint, parse


class QuestionnaireVersion(models.Model):
    """One version of a questionnaire, kept word for word. Once fielded it never changes."""

    key = models.SlugField(max_length=60)
    version = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    document = models.JSONField()
    fingerprint = models.CharField(max_length=64, unique=True, editable=False)
    fielded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="one_text_per_version"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fingerprint = fingerprint(self.document)
        if self.pk and self._changed_since_fielded():
            raise ValidationError(f"{self} has been fielded and cannot change; make a new version.")
        super().save(*args, **kwargs)

    def _changed_since_fielded(self) -> bool:
        stored = QuestionnaireVersion.objects.filter(pk=self.pk, fielded_at__isnull=False)
        return stored.exclude(fingerprint=self.fingerprint).exists()

    @property
    def definition(self) -> Questionnaire:
        return _parsed(self.fingerprint)


@lru_cache(maxsize=32)
def _parsed(mark: str) -> Questionnaire:
    # Keyed by fingerprint: the text behind a fingerprint never changes, so neither does this.
    version = QuestionnaireVersion.objects.only("document").get(fingerprint=mark)
    return parse(version.document)


class ScalePermission(models.Model):
    """Why the wording of a scale may be used: a licence, or stand-in wording of our own."""

    class Kind(models.TextChoices):
        STAND_IN = "stand_in", "Stand-in wording of our own"
        LICENSED = "licensed", "Licensed wording"
        FREE = "free", "Free to use"

    questionnaire = models.ForeignKey(
        QuestionnaireVersion, on_delete=models.CASCADE, related_name="permissions"
    )
    scale = models.SlugField(max_length=60)
    kind = models.CharField(max_length=20, choices=Kind)
    holder = models.CharField(max_length=200, blank=True)
    reference = models.CharField(max_length=200, blank=True)
    granted_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "scale"], name="one_permission_per_scale"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scale}: {self.get_kind_display()}"
