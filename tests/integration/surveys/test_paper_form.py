"""The questionnaire on paper: who may print it, and what can be asked for."""

import io

import pytest
from django.http import HttpResponse
from django.test import Client
from pypdf import PdfReader

from surveys.actions.waves import adopt_questionnaire, close_wave
from surveys.models import Translation, Wave
from surveys.translations import to_translate
from tests.cast import Cast
from tests.classroom import DOCUMENT, Classroom
from tests.tiny import tiny_document

TEACHING = {"teacher_a", "lead_a"}


def get(person: object, room: Classroom, query: str = "", page: str = "print/") -> HttpResponse:
    client = Client()
    if person.is_authenticated:  # type: ignore[attr-defined]
        client.force_login(person)  # type: ignore[arg-type]
    return client.get(f"/lessons/{room.lesson.pk}/paper/{page}{query}")


def words(response: HttpResponse) -> str:
    pages = PdfReader(io.BytesIO(response.content)).pages
    return " ".join(page.extract_text() for page in pages)


@pytest.mark.parametrize("page", ["", "print/"])
def test_who_may_print_it(classroom: Classroom, cast: Cast, page: str) -> None:
    for name, person in cast.items():
        response = get(person, classroom, page=page)
        if name == "stranger":
            assert response["location"].startswith("/log-in/")
        else:
            assert response.status_code == (200 if name in TEACHING else 404), name


def test_the_form_of_a_lesson(classroom: Classroom, cast: Cast) -> None:
    response = get(cast.teacher_a, classroom)
    assert response["Content-Type"] == "application/pdf"
    text = words(response)
    assert "2. Do you travel?" in text
    assert "Do exams worry you?" not in text  # of Year 10; the lesson is of Year 8
    assert "testserver/go/helper/" in text


def test_large_print_is_large(classroom: Classroom, cast: Cast) -> None:
    sizes = {
        size: biggest(get(cast.teacher_a, classroom, f"?size={size}")) for size in ("", "large")
    }
    assert sizes["large"] == pytest.approx(1.5 * sizes[""])


def biggest(response: HttpResponse) -> float:
    """The size of the largest letters on the sheets of questions, in points."""
    found: list[float] = []
    page = PdfReader(io.BytesIO(response.content)).pages[1]
    page.extract_text(visitor_text=lambda _text, _c, _t, _font, size: found.append(size))
    return max(found)


def test_the_short_version(classroom: Classroom, cast: Cast) -> None:
    assert get(cast.teacher_a, classroom, "?edition=short").status_code == 404
    short = adopt_questionnaire(document=tiny_document(key="short"), by=None)
    Wave.objects.update(short_questionnaire=short)
    assert "5. I feel hopeful." in words(get(cast.teacher_a, classroom, "?edition=short"))
    assert "I feel hopeful." not in words(get(cast.teacher_a, classroom, "?edition=full"))


def translated(room: Classroom, language: str) -> None:
    document = to_translate(DOCUMENT, language)
    document["items"]["travels"]["text"] = "Wyt ti'n teithio i Ŵyl?"
    Translation.objects.create(
        questionnaire=room.wave.questionnaire, language=language, document=document
    )


def test_another_language(classroom: Classroom, cast: Cast) -> None:
    assert get(cast.teacher_a, classroom, "?language=cy").status_code == 404
    translated(classroom, "cy")
    text = words(get(cast.teacher_a, classroom, "?language=cy"))
    assert "2. Wyt ti'n teithio i Ŵyl?" in text


def test_a_language_from_right_to_left_is_not_printed_wrongly(
    classroom: Classroom, cast: Cast
) -> None:
    translated(classroom, "ar")
    assert get(cast.teacher_a, classroom, "?language=ar").status_code == 404


def test_the_page_offers_what_can_be_printed(classroom: Classroom, cast: Cast) -> None:
    translated(classroom, "cy")
    translated(classroom, "ar")
    page = get(cast.teacher_a, classroom, page="").content.decode()
    assert 'value="cy"' in page
    assert 'value="ar"' not in page
    assert 'value="short"' not in page
    assert 'href="/go/helper/"' in page
    Wave.objects.update(
        short_questionnaire=adopt_questionnaire(document=tiny_document(key="short"), by=None)
    )
    assert 'value="short"' in get(cast.teacher_a, classroom, page="").content.decode()


@pytest.mark.parametrize("query", ["?edition=long", "?language=xx", "?language="])
def test_nonsense_is_not_found(classroom: Classroom, cast: Cast, query: str) -> None:
    assert get(cast.teacher_a, classroom, query).status_code == 404


def test_only_while_the_wave_is_open(classroom: Classroom, cast: Cast) -> None:
    Wave.objects.update(state=Wave.State.DRAFT)
    assert get(cast.teacher_a, classroom).status_code == 404
    Wave.objects.update(state=Wave.State.OPEN)
    close_wave(wave=Wave.objects.get(), by=None)
    assert get(cast.teacher_a, classroom).status_code == 404
    page = get(cast.teacher_a, classroom, page="").content.decode()
    assert "can be printed while Wave spring is open" in page
    assert "<select" not in page
