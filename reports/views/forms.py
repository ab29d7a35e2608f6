"""What pages of reports ask for: a sentence for the public log, an area to compare with."""

from collections.abc import Iterable
from typing import Any

from django import forms

from reports.actions.releases import NOTES
from reports.models import PublicationEvent


class PublishForm(forms.Form):
    """The note of a release, a correction or a roll-back."""

    note = forms.CharField(max_length=500)

    def __init__(self, *args: Any, kind: PublicationEvent.Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        note = self.fields["note"]
        note.label = NOTES[kind]
        note.error_messages["required"] = f"{NOTES[kind]}."
        note.help_text = (
            f"{kind.label}. Everybody can read this in the release log, with today’s date."
        )


class CompareForm(forms.Form):
    """`?with=ward/E05…`: the area whose figures stand beside this one's."""

    def __init__(self, *args: Any, areas: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "%s", **kwargs})
        self.fields["with"] = forms.ChoiceField(
            label="Compare with another area",
            required=False,
            choices=[("", "No other area"), *areas],
        )
