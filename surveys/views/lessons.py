"""A teacher's list of lessons, and booking one."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from schools.models import RollPupil, School
from schools.permissions import Action, schools_where, signed_in
from surveys.actions.lessons import book_lesson
from surveys.models import Lesson, Wave
from surveys.refusal import Refused
from surveys.views.printing import slips_response


@never_cache
@require_safe
@login_required
def lessons(request: HttpRequest) -> HttpResponse:
    schools = schools_of(request)
    rows = Lesson.objects.filter(school__in=schools).select_related("school", "wave")
    # What is still to be held is what somebody comes here for.
    ordered = sorted(rows, key=lambda lesson: lesson.state == Lesson.State.CLOSED)
    context = {"lessons": ordered, "waves": bookable_waves(schools)}
    return render(request, "surveys/staff/lessons.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def book(request: HttpRequest) -> HttpResponse:
    """Book a lesson. The answer is the sheet of slips itself: codes are kept nowhere else."""
    form = BookingForm(request.POST or None, schools=schools_of(request))
    if request.method == "POST" and form.is_valid():
        try:
            lesson, slips = book_lesson(**form.booking(), by=signed_in(request))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return slips_response(request, lesson, slips)
    status = 422 if form.errors else 200
    return render(request, "surveys/staff/book.html", {"form": form}, status=status)


class BookingForm(forms.Form):
    wave = forms.ModelChoiceField(Wave.objects.none(), label="Census", empty_label=None)
    group = forms.ChoiceField(
        label="Class or year group", help_text="As the council’s roll has them."
    )
    title = forms.CharField(
        label="Name of the lesson",
        max_length=80,
        help_text="Pupils see it on their slips. Do not write anybody’s name.",
    )
    # A date field of HTML speaks ISO, whatever the language of the page.
    held_on = forms.DateField(
        label="Date",
        widget=forms.DateInput(
            attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"
        ),
        initial=timezone.localdate,
    )

    def __init__(self, *args: Any, schools: list[School], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.schools = {school.key: school for school in schools}
        waves = bookable_waves(schools)
        years = {year for wave in waves for year in wave.year_groups}
        self.fields["wave"].queryset = waves  # type: ignore[attr-defined]
        self.fields["group"].choices = _groups(schools, years)  # type: ignore[attr-defined]

    def booking(self) -> dict[str, Any]:
        """The arguments of `book_lesson`, but who books."""
        school, year, class_name = self.cleaned_data["group"].split("|", 2)
        return {
            "wave": self.cleaned_data["wave"],
            "title": self.cleaned_data["title"],
            "held_on": self.cleaned_data["held_on"],
            "school": self.schools[school],
            "year_group": int(year),
            "class_name": class_name,
        }


def schools_of(request: HttpRequest) -> list[School]:
    """The schools where this person runs lessons. Raises Http404 where there is none."""
    schools = schools_where(request.user, Action.RUN_LESSONS)
    if not schools:
        raise Http404
    return schools


def bookable_waves(schools: Iterable[School]) -> QuerySet[Wave]:
    """The waves of these schools that take lessons now."""
    bookable = [Wave.State.DRAFT, Wave.State.OPEN]
    return Wave.objects.filter(
        schools__in=schools, state__in=bookable, source=Wave.Source.LESSONS
    ).distinct()


def _groups(schools: list[School], years: set[int]) -> list[tuple[str, str]]:
    """Each year group as a whole, then its classes; the school's name where there are several."""
    pupils = RollPupil.objects.may_take_part().filter(school__in=schools, year_group__in=years)
    rows = pupils.order_by().values_list("school__key", "year_group", "class_name").distinct()
    found = {(key, year, name) for key, year, name in rows}
    found |= {(key, year, "") for key, year, _ in found}
    names = {school.key: f"{school.name}: " if len(schools) > 1 else "" for school in schools}
    return [
        (f"{key}|{year}|{name}", f"{names[key]}{_group_name(year, name)}")
        for key, year, name in sorted(found, key=lambda each: (names[each[0]], *each[1:]))
    ]


def _group_name(year: int, class_name: str) -> str:
    return f"Class {class_name} (Year {year})" if class_name else f"All of Year {year}"
