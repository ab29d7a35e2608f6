"""What a build would publish of which pupils, sealed: later builds are certified beside it."""

from django.db import models

from reports.models.build import Build


class LedgerEntry(models.Model):
    """The groups of one build and who was in them, under the release key. No answers.

    Made when a build is counted. It counts from the build's first publication on, for ever:
    what was public once may have been kept, so a roll-back takes nothing back.
    """

    build = models.OneToOneField(Build, on_delete=models.CASCADE, related_name="ledger_entry")
    sealed = models.BinaryField()
    beside = models.JSONField(
        default=list, help_text="Input keys of the builds of the wave that had been public."
    )

    class Meta:
        verbose_name_plural = "ledger entries"

    def __str__(self) -> str:
        return f"ledger entry of {self.build}"
