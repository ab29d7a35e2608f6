"""A council's licensed wording becomes a version of its own, with the permission on record."""

from copy import deepcopy
from typing import Any

import pytest

from surveys.actions.waves import adopt_questionnaire, load_wording, permit_stand_in_wording
from surveys.definition import DefinitionErrors
from surveys.models import QuestionnaireVersion
from surveys.refusal import Refused
from tests.tiny import DOCUMENT, tiny_document

pytestmark = pytest.mark.django_db

PACK: dict[str, Any] = {
    "questionnaire": "tiny",
    "version": "1.0",
    "scale": "mood",
    "language": "en",
    "texts": {"happy": "Licensed words about joy.", "calm": "Licensed words about calm."},
    "permission": {
        "holder": "The authors",
        "registered_with": "The council",
        "reference": "R-1",
        "date": "2026-01-31",
    },
}


def two_scales() -> dict[str, Any]:
    document = tiny_document()
    second = {**deepcopy(DOCUMENT["scales"][0]), "key": "hope", "title": "Hope"}
    document["scales"].append({**second, "parts": ["hopeful"], "method": "single", "range": [1, 4]})
    return document


@pytest.fixture
def adopted() -> QuestionnaireVersion:
    stored = adopt_questionnaire(document=two_scales(), by=None)
    permit_stand_in_wording(questionnaire=stored, by=None)
    return stored


def test_the_words_and_the_permission_make_a_new_version(adopted: QuestionnaireVersion) -> None:
    worded = load_wording(pack=PACK, by=None)
    assert worded.version == "1.0+mood"
    assert worded.definition.items["happy"].text == "Licensed words about joy."
    assert adopted.definition.items["happy"].text == "I feel happy."
    kinds = dict(worded.permissions.values_list("scale", "kind"))
    assert kinds == {"mood": "licensed", "hope": "stand_in"}
    licence = worded.permissions.get(scale="mood")
    assert (licence.holder, licence.reference) == ("The authors", "The council, R-1")
    assert adopted.permissions.count() == 2


def test_a_second_pack_lies_on_the_first(adopted: QuestionnaireVersion) -> None:
    load_wording(pack=PACK, by=None)
    texts = {"hopeful": "Licensed words about hope."}
    worded = load_wording(pack={**PACK, "scale": "hope", "texts": texts}, by=None)
    assert worded.version == "1.0+mood.hope"
    assert worded.definition.items["happy"].text == "Licensed words about joy."
    assert set(worded.permissions.values_list("kind", flat=True)) == {"licensed"}


def test_a_pack_for_nothing_adopted_is_refused() -> None:
    with pytest.raises(Refused, match="Adopt"):
        load_wording(pack=PACK, by=None)
    assert QuestionnaireVersion.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"texts": {"happy": "Only one of two."}}, DefinitionErrors),
        ({"scale": "nothing"}, DefinitionErrors),
        ({"permission": {**PACK["permission"], "date": "last week"}}, Refused),
    ],
)
def test_a_pack_that_does_not_fit_leaves_nothing(
    adopted: QuestionnaireVersion, changes: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        load_wording(pack={**PACK, **changes}, by=None)
    assert QuestionnaireVersion.objects.get() == adopted
