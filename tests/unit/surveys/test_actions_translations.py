"""Adopting language files: once fielded, no pupil reads other words than the one before."""

from typing import Any

import pytest

from schools.models import AuditEntry, School
from surveys.actions.translations import adopt_translation
from surveys.actions.waves import adopt_questionnaire
from surveys.definition import DefinitionErrors
from surveys.languages import ENGLISH, languages_of
from surveys.models import QuestionnaireVersion, Translation
from surveys.refusal import Refused
from surveys.translations import CHECKED, to_translate
from tests.classroom import DOCUMENT, Classroom


def words(title: str = "Holiadur", **more: Any) -> dict[str, Any]:
    return {**to_translate(DOCUMENT, "cy"), "title": title, **more}


@pytest.fixture
def version(school: School) -> QuestionnaireVersion:
    return adopt_questionnaire(document=DOCUMENT, by=None)


def test_a_version_speaks_the_languages_it_was_translated_into(
    version: QuestionnaireVersion,
) -> None:
    assert languages_of(version) == (ENGLISH,)
    adopt_translation(questionnaire=version, words=words(), by=None)
    assert [language.code for language in languages_of(version)] == ["en-GB", "cy"]
    assert version.in_language("cy").title == "Holiadur"
    assert version.in_language("cy").language == "cy"
    assert version.in_language("ar") == version.definition
    assert version.in_language("en-GB") == version.definition


def test_the_same_file_again_changes_nothing(version: QuestionnaireVersion) -> None:
    first = adopt_translation(questionnaire=version, words=words(), by=None)
    entries = AuditEntry.objects.count()
    assert adopt_translation(questionnaire=version, words=words(), by=None) == first
    assert AuditEntry.objects.count() == entries


def test_before_the_wave_better_words_take_the_place_of_the_old(
    version: QuestionnaireVersion,
) -> None:
    adopt_translation(questionnaire=version, words=words(), by=None)
    assert version.in_language("cy").title == "Holiadur"
    adopt_translation(questionnaire=version, words=words("Arolwg"), by=None)
    assert version.in_language("cy").title == "Arolwg"
    assert Translation.objects.count() == 1


def test_fielded_words_never_change(classroom: Classroom) -> None:
    version = classroom.wave.questionnaire
    adopt_translation(questionnaire=version, words=words(), by=None)
    with pytest.raises(Refused, match="has been fielded"):
        adopt_translation(questionnaire=version, words=words("Arolwg"), by=None)
    assert version.in_language("cy").title == "Holiadur"


def test_a_speaker_may_check_words_that_are_fielded(classroom: Classroom) -> None:
    version = classroom.wave.questionnaire
    stored = adopt_translation(questionnaire=version, words=words(), by=None)
    assert stored.checked_by == ""
    checked = words(status=CHECKED, checked_by="Mair Jones")
    stored = adopt_translation(questionnaire=version, words=checked, by=None)
    assert stored.checked_by == "Mair Jones"


def test_a_file_that_does_not_fit_is_not_stored(version: QuestionnaireVersion) -> None:
    broken = words()
    del broken["items"]["happy"]
    with pytest.raises(DefinitionErrors, match="/items/happy/text"):
        adopt_translation(questionnaire=version, words=broken, by=None)
    assert not Translation.objects.exists()


def test_two_sections_of_one_name_are_refused(version: QuestionnaireVersion) -> None:
    """In English they are two parts; in the file they would run into one another."""
    same = words(sections={"Start": "Rhan", "Middle": "Canol", "End": "Rhan"})
    with pytest.raises(DefinitionErrors, match="resumes"):
        adopt_translation(questionnaire=version, words=same, by=None)


def test_a_language_that_pages_do_not_speak_is_refused(version: QuestionnaireVersion) -> None:
    with pytest.raises(Refused, match="do not speak 'tlh'"):
        adopt_translation(questionnaire=version, words=words(language="tlh"), by=None)
