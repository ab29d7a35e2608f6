"""Pupils' pages in Welsh and from right to left: who gets which, and that nothing else changes."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from schools.models import User
from surveys.actions.responses import open_seat
from surveys.actions.translations import adopt_translation
from surveys.languages import LANGUAGES
from surveys.models import QuestionnaireVersion
from surveys.translations import CHECKED, to_translate
from tests.cast import Cast
from tests.classroom import Classroom

WELSH, ARABIC = "Teipia dy god", "اكتب رمزك"


def text(response: HttpResponse) -> str:
    return response.content.decode()


def welsh_words(version: QuestionnaireVersion) -> dict[str, Any]:
    """The class's questionnaire "in Welsh": every word with a mark behind it."""

    def said(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: said(each) for key, each in value.items()}
        return f"{value} (cy)"

    words = to_translate(version.document, "cy")
    parts = words.keys() & {"title", "sections", "intros", "items", "codings"}
    return {**words, **{name: said(words[name]) for name in parts}}


@pytest.fixture
def translated(classroom: Classroom) -> Classroom:
    version = classroom.wave.questionnaire
    adopt_translation(questionnaire=version, words=welsh_words(version), by=None)
    return classroom


def choose(client: Client, language: str, back: str = "/go/") -> HttpResponse:
    return client.post("/go/language/", {"language": language, "next": back})


@pytest.mark.parametrize(
    ("asked", "lang", "direction", "words"),
    [
        ("", "en-GB", "ltr", "Type your code"),
        ("cy", "cy", "ltr", WELSH),
        ("ar-EG,en;q=0.5", "ar", "rtl", ARABIC),
        ("en-US", "en-GB", "ltr", "Type your code"),
        ("tlh", "en-GB", "ltr", "Type your code"),
    ],
)
def test_the_browser_says_which_language_it_prefers(
    client: Client, classroom: Classroom, asked: str, lang: str, direction: str, words: str
) -> None:
    response = client.get("/go/", headers={"accept-language": asked})
    assert f'<html lang="{lang}" dir="{direction}"' in text(response)
    assert f"<h1>{words}</h1>" in text(response)
    assert {"Cookie", "Accept-Language"} <= set(response["Vary"].replace(" ", "").split(","))


def test_what_the_pupil_chooses_goes_before_what_the_browser_prefers(
    client: Client, classroom: Classroom
) -> None:
    response = choose(client, "ar")
    assert (response.status_code, response["location"]) == (302, "/go/")
    assert ARABIC in text(client.get("/go/", headers={"accept-language": "cy"}))
    choose(client, "en-GB")
    assert "Type your code" in text(client.get("/go/", headers={"accept-language": "cy"}))


def test_the_choice_ends_with_the_browser_and_no_script_can_read_it(
    client: Client, classroom: Classroom
) -> None:
    cookie = choose(client, "cy").cookies["language"]
    assert (cookie["max-age"], cookie["expires"], cookie["path"]) == ("", "", "/")
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


@pytest.mark.parametrize("language", ["", "tlh", "en-GB;x", "<script>"])
def test_a_language_that_is_not_ours_is_no_choice(
    client: Client, classroom: Classroom, language: str
) -> None:
    assert "language" not in choose(client, language).cookies


@pytest.mark.parametrize("forged", ["tlh", "fr", "<script>", "EN", ""])
def test_a_forged_cookie_changes_nothing(client: Client, classroom: Classroom, forged: str) -> None:
    client.cookies["language"] = forged
    assert '<html lang="en-GB" dir="ltr"' in text(client.get("/go/"))


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "", "done"])
def test_choosing_a_language_leads_nowhere_else(
    client: Client, classroom: Classroom, back: str
) -> None:
    where = choose(client, "cy", back)["location"]
    assert "elsewhere" not in where
    assert not where.startswith("//")


def test_every_language_can_be_chosen_in_its_own_words(
    client: Client, classroom: Classroom
) -> None:
    page = text(client.get("/go/"))
    for language in LANGUAGES.values():
        assert f'value="{language.code}" lang="{language.code}" dir="{language.direction}"' in page
        assert language.name in page


def test_a_refusal_is_said_in_the_language_of_the_page(
    client: Client, classroom: Classroom
) -> None:
    choose(client, "cy")
    response = client.post("/go/", {"code": "2345678923"})
    assert response.status_code == 403
    assert "cod yna ddim yn gweithio" in text(response).replace("&#x27;", "'")


def test_the_questions_are_asked_in_the_language_and_stored_as_ever(
    pupil: Client, translated: Classroom
) -> None:
    choose(pupil, "cy")
    page = text(pupil.get("/lesson/p01/"))
    assert "Are you happy? (cy)" in page
    assert "Prefer not to say (cy)" in page
    assert "Rhan 1 o " in page
    pupil.post("/lesson/p01/", {"seq": "1", "happy": "1", "travels": "2", "go": "next"})
    assert open_seat(translated.seat(0)).answers_by_page()["p01"] == {"happy": 1, "travels": 2}


def test_what_is_wrong_with_an_answer_is_said_in_the_language(
    pupil: Client, translated: Classroom
) -> None:
    choose(pupil, "cy")
    sent = {"seq": "1", "at_home": "50", "at_school": "40", "go": "next"}
    response = pupil.post("/lesson/p03/", sent)
    assert response.status_code == 422
    assert "wneud 90 nawr" in text(response)


def test_a_questionnaire_that_is_not_translated_is_asked_in_english(
    pupil: Client, classroom: Classroom
) -> None:
    choose(pupil, "ar")
    page = text(pupil.get("/lesson/p01/"))
    assert "Are you happy?" in page
    assert 'dir="rtl"' in page


def test_a_machines_draft_says_so_until_a_speaker_has_checked_it(
    pupil: Client, translated: Classroom
) -> None:
    choose(pupil, "cy")
    assert "Peiriant wnaeth y cyfieithiad hwn" in text(pupil.get("/lesson/"))
    choose(pupil, "en-GB")
    assert "draft-note" not in text(pupil.get("/lesson/"))


def test_the_state_lists_the_languages_of_the_questionnaire(
    pupil: Client, translated: Classroom
) -> None:
    offered = pupil.get("/lesson/state/").json()["languages"]
    assert offered == [
        {"code": "en-GB", "name": "English", "draft": False},
        {"code": "cy", "name": "Cymraeg", "draft": True},
    ]
    version = translated.wave.questionnaire
    words = {**welsh_words(version), "status": CHECKED, "checked_by": "Mair Jones"}
    adopt_translation(questionnaire=version, words=words, by=None)
    assert pupil.get("/lesson/state/").json()["languages"][1]["draft"] is False


def test_after_the_end_the_next_person_chooses_again(pupil: Client, classroom: Classroom) -> None:
    choose(pupil, "cy")
    assert "Diolch" in text(pupil.get("/lesson/done/"))
    assert "Type your code" in text(pupil.get("/go/"))


def test_pages_of_staff_stay_in_english(classroom: Classroom, cast: Cast) -> None:
    teacher: User = cast.teacher_a
    client = Client()
    client.force_login(teacher)
    client.cookies["language"] = "cy"
    page = text(client.get("/lessons/"))
    assert '<html lang="en' in page
    assert 'dir="rtl"' not in page
