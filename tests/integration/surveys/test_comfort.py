"""Display, recordings and their commands, as pages and commands give them."""

import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from surveys.actions.recordings import Sound, store_recordings
from surveys.models import Recording
from tests.cast import Cast
from tests.classroom import Classroom

ENGINE = "import sys; open(sys.argv[2], 'wb').write(sys.argv[1].encode() + sys.stdin.buffer.read())"


@pytest.fixture
def shelf(classroom: Classroom) -> str:
    """The address of the list of recordings, with two on it."""
    version = classroom.wave.questionnaire
    sounds = [Sound("p01-2", "audio/wav", b"second"), Sound("p01-1", "audio/mpeg", b"first")]
    store_recordings(questionnaire=version, language="en-GB", sounds=sounds, voice="Sam", by=None)
    return f"/lesson/sound/{version.fingerprint[:16]}-en-GB/"


def test_a_pupil_finds_the_recordings_and_hears_them(pupil: Client, shelf: str) -> None:
    assert pupil.get(shelf).json() == {"places": ["p01-1", "p01-2"]}
    heard = pupil.get(f"{shelf}p01-1/")
    assert (heard.content, heard["content-type"]) == (b"first", "audio/mpeg")
    assert set(heard["cache-control"].split(", ")) == {"private", "max-age=86400"}
    assert pupil.get(f"{shelf}p01-0/").status_code == 404
    assert pupil.get(shelf.replace("en-GB", "cy")).json() == {"places": []}


def test_staff_may_listen_and_strangers_hear_nothing(
    client: Client, cast: Cast, shelf: str
) -> None:
    for address in (shelf, f"{shelf}p01-1/"):
        assert client.get(address).status_code == 404
    client.force_login(cast.teacher_a)
    for address in (shelf, f"{shelf}p01-1/"):
        assert client.get(address).status_code == 200


def test_the_look_is_remembered_until_the_browser_closes(client: Client, db: None) -> None:
    chosen = {"theme": "dark", "size": "150", "next": "/lesson/p03/"}
    response = client.post("/lesson/display/", chosen)
    assert response["location"] == "/lesson/p03/"
    cookie = response.cookies["display"]
    assert (cookie.value, cookie["max-age"], cookie["path"]) == ("dark-150", "", "/")
    assert 'class="theme-dark size-150"' in client.get("/go/").content.decode()


@pytest.mark.parametrize(
    ("theme", "size", "back"),
    [("pink", "100", "//evil.example/"), ("dark", "9", "https://evil.example"), ("", "", "")],
)
def test_nonsense_gives_the_usual_look_and_leads_nowhere_else(
    client: Client, db: None, theme: str, size: str, back: str
) -> None:
    response = client.post("/lesson/display/", {"theme": theme, "size": size, "next": back})
    assert response["location"] == "/go/"
    assert 'class="theme-light size-100"' in client.get("/go/").content.decode()


def test_a_cookie_cannot_write_into_the_page(client: Client, db: None) -> None:
    client.cookies["display"] = 'dark-100"><b>'
    assert 'class="theme-light size-100"' in client.get("/go/").content.decode()


def test_the_next_pupil_finds_the_usual_look(pupil: Client) -> None:
    pupil.cookies["display"] = "dark-200"
    assert 'class="theme-dark size-200"' in pupil.get("/lesson/done/").content.decode()
    assert 'class="theme-light size-100"' in pupil.get("/go/").content.decode()


def test_help_stands_on_every_page(pupil: Client) -> None:
    for address in ("/go/", "/lesson/", "/lesson/p01/", "/lesson/stop/", "/lesson/done/"):
        page = pupil.get(address).content.decode()
        assert 'href="#help"' in page
        assert "0800 1111" in page
        assert "anonymous" not in page.lower()


def test_help_and_pages_in_welsh(pupil: Client) -> None:
    pupil.cookies["language"] = "cy"
    page = pupil.get("/lesson/stop/").content.decode()
    assert 'lang="cy" dir="ltr"' in page
    assert "Ffonia 0800 1111" in page


def test_rendering_reads_every_place_in_the_language_asked(classroom: Classroom) -> None:
    engine = f'{sys.executable} -c "{ENGINE}" {{language}} {{out}}'
    call_command("render_audio", "--wave", "spring", "--engine", engine)
    assert Recording.objects.count() == 5 + 7  # headings and questions
    held = Recording.objects.get(place="p02-1")
    assert bytes(held.content).decode() == "en-GBHow do you travel?\nBus.\nTrain.\nBike."
    assert held.media_type == "audio/wav"


def test_an_engine_that_is_not_there_is_said_and_nothing_is_stored(classroom: Classroom) -> None:
    with pytest.raises(CommandError, match="no-such-engine is not installed"):
        call_command("render_audio", "--wave", "spring", "--engine", "no-such-engine {out}")
    assert not Recording.objects.exists()


def test_a_folder_of_files_named_by_place(classroom: Classroom, tmp_path: Path) -> None:
    (tmp_path / "p01-1.mp3").write_bytes(b"a")
    (tmp_path / "p05-1.WAV").write_bytes(b"b")
    (tmp_path / ".hidden").write_text("of the system")
    call_command("load_audio", str(tmp_path), "--questionnaire", "tiny", "--voice", "Sam")
    held = Recording.objects.order_by("place").values_list("place", "media_type", "voice")
    assert list(held) == [("p01-1", "audio/mpeg", "Sam"), ("p05-1", "audio/wav", "Sam")]


@pytest.mark.parametrize("name", ["p09-1.mp3", "happy.mp3", "p01-1.ogg", "notes.txt"])
def test_a_file_that_does_not_fit_is_named(classroom: Classroom, tmp_path: Path, name: str) -> None:
    (tmp_path / "p01-2.mp3").write_bytes(b"good")
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(CommandError, match=name.partition(".")[0]):
        call_command("load_audio", str(tmp_path), "--questionnaire", "tiny")
    assert not Recording.objects.exists()
