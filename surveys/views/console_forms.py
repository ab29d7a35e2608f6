"""What the console asks for: minutes, whose slip is lost, the day of a catch-up lesson."""

from typing import Any

from django import forms
from django.utils import timezone

from surveys.models import AccessCode, Edition, Lesson

USUAL_MINUTES = 60
USUAL_EXTENSION = 10


class LessonForm(forms.Form):
    """A form of one lesson; the page has several, so ids begin with the deed. Without fields it is
    a button alone."""

    def __init__(self, *args: Any, lesson: Lesson, deed: str, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"{deed}-%s", **kwargs})
        self.lesson, self.deed = lesson, deed


class Minutes(forms.IntegerField):
    """How many minutes make sense is the action's business."""

    def __init__(self, **more: Any) -> None:
        wrong = "Please give the minutes as a whole number."
        super().__init__(
            widget=forms.TextInput(
                attrs={"inputmode": "numeric", "class": "govuk-input--width-3"},
            ),
            error_messages={"required": wrong, "invalid": wrong},
            **more,
        )


class StartForm(LessonForm):
    minutes = Minutes(
        label="Minutes",
        initial=USUAL_MINUTES,
        help_text="How long pupils can answer. Most lessons take 30 to 40 minutes.",
    )


class ExtendForm(LessonForm):
    minutes = Minutes(label="Minutes from now", initial=USUAL_EXTENSION)


class CatchUpForm(LessonForm):
    # A date field of HTML speaks ISO, whatever the language of the page.
    held_on = forms.DateField(
        label="Date",
        widget=forms.DateInput(
            attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"
        ),
        initial=timezone.localdate,
        error_messages={
            "required": "Please give the date of the catch-up lesson.",
            "invalid": "Please give the date of the catch-up lesson.",
        },
    )


class SlipForm(LessonForm):
    seat = forms.ChoiceField(
        label="Whose slip?",
        error_messages={
            "required": "Please choose whose slip is lost.",
            "invalid_choice": "Please choose whose slip is lost.",
        },
    )
    edition = forms.ChoiceField(
        label="Which questions?",
        required=False,
        choices=[("", "The same as before"), *Edition.choices],
        help_text="The short version has ten questions with symbols and faces, for pupils who "
        "need it. The slip looks the same.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        live = self.lesson.codes.filter(replaced=False, pupil__isnull=False)
        live = live.select_related("pupil", "lesson__wave")
        in_order = live.order_by("pupil__class_name", "pupil__class_number", "pupil")
        self.seats = {str(code.pk): code for code in in_order}
        self.fields["seat"].choices = [  # type: ignore[attr-defined]
            (key, code.pupil.place_in_class) for key, code in self.seats.items() if code.pupil
        ]
        if not self.lesson.wave.short_questionnaire_id:
            del self.fields["edition"]

    def clean_seat(self) -> AccessCode:
        return self.seats[self.cleaned_data["seat"]]
