"""What pages of reports ask for: a note for the public log, an area to compare with, own words."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from reports.actions.releases import NOTES
from reports.models import PublicationEvent
from reports.words import Kind, Measure, composed, gaps, problems
from reports.words.patterns import tidied


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


class WordsForm(forms.Form):
    """A field for each place before, between and behind the locked parts of a kind.

    The locked parts are no fields, so nobody can touch them, with script or without. What is sent
    is checked all the same, here and by the action.
    """

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


class ChooseForm(forms.Form):
    """What a sentence is worded for: one measure, and of a school's sentences one school."""

    def __init__(
        self, *, measures: Iterable[Measure], schools: Mapping[str, str] | None, **kwargs: Any
    ) -> None:
        super().__init__(auto_id="%s", **kwargs)
        named = [("", "All measures"), *((each.key, each.title) for each in measures)]
        self.fields["measure"] = forms.ChoiceField(choices=named, required=False)
        if schools is not None:
            of = [("", "All schools"), *schools.items()]
            self.fields["school"] = forms.ChoiceField(choices=of, required=False)


def _label(kind: Kind, place: int) -> str:
    before = kind.slots[place - 1].title if place else ""
    behind = kind.slots[place].title if place < len(kind.slots) else ""
    if before and behind:
        return f"Words between {before} and {behind}"
    return f"Words before {behind}" if behind else f"Words after {before}"
