"""A council's own words for the sentences of its reports."""

from django.conf import settings
from django.db import models

from schools.models import Authority


class WordsEdit(models.Model):
    """One edit. Never changed and never deleted: the newest for its sentence counts, the others say
    what was in force before. See `reports/words` for what a kind and a pattern are."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="words_edits")
    kind = models.CharField(max_length=40)
    measure = models.CharField(max_length=80, blank=True, help_text="Empty: the whole kind.")
    school = models.CharField(max_length=20, blank=True, help_text="Its key. Empty: all schools.")
    pattern = models.CharField(
        max_length=500, blank=True, help_text="Empty: back to the words in force without it."
    )
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["authority", "kind", "measure", "school"], name="words_of_a_sentence"
            )
        ]

    def __str__(self) -> str:
        return f"words of {self.kind} {self.measure} {self.school}".rstrip()
