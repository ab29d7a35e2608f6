"""Questionnaire versions, and who allowed the wording of each scale."""

from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from surveys.definition import Questionnaire, build, fingerprint
from surveys.translations import translate


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
        return definition_of(self.fingerprint)

    def in_language(self, code: str) -> Questionnaire:
        """The questionnaire in a language, or in its own where it has not been translated."""
        found = self.translations.filter(language=code).values_list("fingerprint", flat=True)
        words = found.first()
        return translated(self.fingerprint, words) if words else self.definition


@lru_cache(maxsize=32)
def definition_of(mark: str) -> Questionnaire:
    """The questionnaire of a fingerprint, built once in a process."""
    # Keyed by fingerprint: the text behind a fingerprint never changes, so neither does this.
    version = QuestionnaireVersion.objects.only("document").get(fingerprint=mark)
    return build(version.document)


@lru_cache(maxsize=32)
def translated(mark: str, words: str) -> Questionnaire:
    """The questionnaire of a fingerprint in the words of another, built once in a process."""
    found = Translation.objects.select_related("questionnaire")
    stored = found.get(questionnaire__fingerprint=mark, fingerprint=words)
    return build(translate(stored.questionnaire.document, stored.document))


class Translation(models.Model):
    """The words of a questionnaire in another language; keys, codes and routes stay as they are.

    `document` is a language file (surveys/translations.py). `checked_by` is empty while it is a
    machine-made draft, and pages say so.
    """

    questionnaire = models.ForeignKey(
        QuestionnaireVersion, on_delete=models.CASCADE, related_name="translations"
    )
    language = models.CharField(max_length=10)
    document = models.JSONField()
    fingerprint = models.CharField(max_length=64, editable=False)
    checked_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "language"], name="one_translation_per_language"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire} ({self.language})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fingerprint = fingerprint(self.document)
        super().save(*args, **kwargs)


class Recording(models.Model):
    """One question read aloud: uploaded, or rendered beforehand by an engine on our machine.

    `place` names the question by page and number (p21-2): no address tells what is asked.
    """

    questionnaire = models.ForeignKey(
        QuestionnaireVersion, on_delete=models.CASCADE, related_name="recordings"
    )
    language = models.CharField(max_length=10)
    place = models.CharField(max_length=20)
    media_type = models.CharField(max_length=40)
    content = models.BinaryField()
    voice = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "language", "place"], name="one_recording_per_question"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} of {self.questionnaire} ({self.language})"


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
