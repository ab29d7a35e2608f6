"""Words of a questionnaire in another language: adopted beside it."""

from typing import Any

from django.db import transaction

from schools.audit import record
from schools.models import User
from surveys.definition import fingerprint, parse
from surveys.languages import LANGUAGES
from surveys.models import QuestionnaireVersion, Translation
from surveys.refusal import Refused
from surveys.translations import translate

_CHECKING = ("status", "checked_by")


@transaction.atomic
def adopt_translation(
    *, questionnaire: QuestionnaireVersion, words: dict[str, Any], by: User | None
) -> Translation:
    """Store a language file for a version of a questionnaire. The same file changes nothing.

    Raises `DefinitionErrors` with the places in the file, and `Refused` for a language that
    pages do not speak or for other words than those a wave was fielded with.
    """
    parse(translate(questionnaire.document, words))
    language = words["language"]
    if language not in LANGUAGES:
        raise Refused(f"Pupils' pages do not speak {language!r}: see surveys/languages.py.")
    stored = Translation.objects.filter(questionnaire=questionnaire, language=language).first()
    if stored and stored.fingerprint == fingerprint(words):
        return stored
    if stored and questionnaire.fielded_at and _said(stored.document) != _said(words):
        raise Refused(
            f"{stored} has been fielded and cannot change. Give the questionnaire a new version."
        )
    stored = stored or Translation(questionnaire=questionnaire, language=language)
    stored.document, stored.checked_by = words, words.get("checked_by", "")
    stored.save()
    record(by=by, action="translation.adopted", subject=str(stored))
    return stored


def _said(words: dict[str, Any]) -> dict[str, Any]:
    """What pupils read. That somebody has looked at it since changes no word."""
    return {key: value for key, value in words.items() if key not in _CHECKING}
