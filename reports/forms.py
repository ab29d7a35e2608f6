"""The form in which a council words a sentence: text fields around locked parts.

The locked parts are no fields, so nobody can touch them, with script or without. What is sent is
checked all the same, here and by the action.
"""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from reports.words import Kind, composed, gaps, problems
from reports.words.patterns import tidied


class WordsForm(forms.Form):
    """A field for each place before, between and behind the locked parts of a kind."""

    def __init__(self, kind: Kind, data: Any = None, *, pattern: str) -> None:
        names = [f"words-{place}" for place in range(len(kind.slots) + 1)]
        initial = dict(zip(names, gaps(pattern), strict=True))
        super().__init__(data, initial=initial, label_suffix="")
        self.kind, self.names = kind, names
        for place, name in enumerate(names):
            self.fields[name] = forms.CharField(
                label=_label(kind, place), required=False, widget=forms.Textarea({"rows": 2})
            )

    @property
    def pattern(self) -> str:
        """What was sent, around the locked parts; only of a form that was sent and read."""
        words = (tidied(self.cleaned_data.get(name, "")) for name in self.names)
        return composed(self.kind.names, tuple(words))

    def clean(self) -> dict[str, Any]:
        for problem in problems(self.kind, self.pattern):
            place = problem.place
            self.add_error(None if place is None else self.names[place], problem.text)
        return self.cleaned_data

    def parts(self) -> Iterator[tuple[BoundField, str]]:
        """Each field with the example of the locked part behind it, "" behind the last."""
        examples = (*(slot.example for slot in self.kind.slots), "")
        return ((self[name], example) for name, example in zip(self.names, examples, strict=True))


def _label(kind: Kind, place: int) -> str:
    before = kind.slots[place - 1].title if place else ""
    behind = kind.slots[place].title if place < len(kind.slots) else ""
    if before and behind:
        return f"Words between {before} and {behind}"
    return f"Words before {behind}" if behind else f"Words after {before}"
