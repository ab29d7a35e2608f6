"""Booking a rehearsal: a lesson to try out with play codes."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from schools.models import School
from schools.permissions import signed_in
from surveys.actions.rehearsals import MOST_CODES, book_rehearsal
from surveys.models import Edition, Wave
from surveys.refusal import Refused
from surveys.views.lessons import bookable_waves, schools_of
from surveys.views.printing import slips_response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def rehearse(request: HttpRequest) -> HttpResponse:
    """Book a rehearsal. The answer is its sheet of slips, as for a lesson."""
    form = RehearsalForm(request.POST or None, schools=schools_of(request))
    if request.method == "POST" and form.is_valid():
        try:
            lesson, slips = book_rehearsal(**form.booking(), by=signed_in(request))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return slips_response(request, lesson, slips)
    status = 422 if form.errors else 200
    return render(request, "surveys/staff/rehearse.html", {"form": form}, status=status)


class RehearsalForm(forms.Form):
    wave = forms.ModelChoiceField(Wave.objects.none(), label="Census", empty_label=None)
    school = forms.ChoiceField(label="School")
    year_group = forms.TypedChoiceField(
        label="Questions of which year group?", coerce=int, choices=[]
    )
    edition = forms.ChoiceField(label="Which questions?", choices=Edition.choices)
    codes = forms.IntegerField(
        label="How many play codes?",
        min_value=1,
        max_value=MOST_CODES,
        initial=5,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )

    def __init__(self, *args: Any, schools: list[School], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.schools = {school.key: school for school in schools}
        waves = bookable_waves(schools)
        years = sorted({year for wave in waves for year in wave.year_groups})
        self.fields["wave"].queryset = waves  # type: ignore[attr-defined]
        self._offer("school", [(school.key, school.name) for school in schools])
        self._offer("year_group", [(year, f"Year {year}") for year in years])
        if not any(wave.short_questionnaire_id for wave in waves):
            self._offer("edition", Edition.choices[:1])

    def _offer(self, field: str, choices: list[Any]) -> None:
        self.fields[field].choices = choices  # type: ignore[attr-defined]

    def booking(self) -> dict[str, Any]:
        """The arguments of `book_rehearsal`, but who books."""
        chosen = {**self.cleaned_data, "school": self.schools[self.cleaned_data["school"]]}
        return {**chosen, "title": "Trying it out", "held_on": timezone.localdate()}
