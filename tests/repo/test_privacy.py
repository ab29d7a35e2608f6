"""No name, number or address of a pupil has a place to be stored in, or a way through the door."""

import re

import pytest
from django.apps import apps
from django.db.models import Field

from surveys import frames
from surveys.definition import Questionnaire

# Words for what identifies a pupil. Staff, schools and places have names; pupils do not.
IDENTIFYING = re.compile(
    r"upn|uln|forename|surname|first_?name|last_?name|birth|postcode|address|ip_|user_agent"
)
ABOUT_PUPILS = {
    "schools.RollPupil",
    "schools.RollImport",
    "surveys.AccessCode",
    "surveys.Response",
    "surveys.SealedPage",
    "surveys.Link",
}


def own_fields() -> list[tuple[str, Field]]:
    return [
        (model._meta.label, field)
        for app in ("schools", "surveys", "reports")
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.get_fields()
        if isinstance(field, Field)
    ]


def test_no_column_is_made_for_what_identifies_a_pupil() -> None:
    named = [
        f"{label}.{field.name}" for label, field in own_fields() if IDENTIFYING.search(field.name)
    ]
    assert named == []


def test_rows_about_pupils_have_no_name() -> None:
    # class_name is the teaching group; file_name belongs to an import, not to a pupil.
    allowed = {"class_name", "file_name"}
    named = [
        f"{label}.{field.name}"
        for label, field in own_fields()
        if label in ABOUT_PUPILS and "name" in field.name and field.name not in allowed
    ]
    assert named == []


def test_answers_stand_beside_no_clock_time_and_no_running_number() -> None:
    timed = [
        f"{label}.{field.name}"
        for label, field in own_fields()
        if label in {"surveys.Response", "surveys.Link"}
        and field.get_internal_type() in {"DateTimeField", "TimeField"}
    ]
    assert timed == []


@pytest.mark.parametrize("planted", ["upn", "name", "class_name", "pseudonym", "postcode"])
def test_an_undeclared_column_does_not_pass_the_door(planted: str) -> None:
    definition = tiny()
    frames.check_columns([*frames.DEMOGRAPHICS, "q.happy"], definition)
    with pytest.raises(frames.UndeclaredColumn, match=planted):
        frames.check_columns([*frames.DEMOGRAPHICS, "q.happy", planted], definition)


def test_the_declared_demographics_identify_nobody() -> None:
    assert not [name for name in frames.DEMOGRAPHICS if IDENTIFYING.search(name)]


def tiny() -> Questionnaire:
    from tests.tiny import tiny_questionnaire

    return tiny_questionnaire()
