"""Files made from released figures."""

from django.db import models

from reports.models.build import Build


class RenderedFile(models.Model):
    """A file of one place in one build. The same figures give the same bytes."""

    build = models.ForeignKey(Build, on_delete=models.CASCADE, related_name="files")
    place_kind = models.CharField(max_length=10)
    place_key = models.CharField(max_length=20)
    media = models.CharField(max_length=10)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["build", "place_kind", "place_key", "media"], name="one_file_per_piece"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.media} of {self.place_kind} {self.place_key}"
