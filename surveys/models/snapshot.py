"""Coded answers of a whole school, kept sealed so that they need not be opened one by one again."""

from django.db import models

from surveys.models.wave import Edition, Wave


class CodedSchool(models.Model):
    """The codes of a school's linked responses, sealed to the analysis key like the answers.

    `mark` identifies the answers that they were made from; see `surveys/snapshot.py`.
    """

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="+")
    edition = models.CharField(max_length=5, choices=Edition)
    school = models.CharField(max_length=20)
    mark = models.CharField(max_length=64)
    wrap = models.BinaryField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["wave", "edition", "school"], name="one_snapshot_a_school"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school} in {self.wave}"
