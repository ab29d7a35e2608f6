"""Reading aloud: what is said and lit, by whose voice, and when there is no button at all.

Headless Chromium has no voices, so the pages get some: an utterance lasts until the test says
that it has ended.
"""

import io
import math
import struct
import wave
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from surveys.actions.recordings import Sound, store_recordings
from tests.browser import pupils
from tests.classroom import Classroom

VOICES = """
window.voices = VOICES;
window.spoken = [];
let saying = null;
window.endOfSpeech = () => { const done = saying; saying = null; done.onend({}); };
window.SpeechSynthesisUtterance = function (text) { this.text = text; };
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => voices,
  addEventListener: () => {},
  speak: (utterance) => {
    spoken.push([utterance.text, utterance.voice.name]);
    saying = utterance;
  },
  cancel: () => { const done = saying; saying = null; if (done) done.onerror({}); },
} });
window.signs = [];
document.addEventListener("lesson:sign", (event) => signs.push(event.detail));
"""
LOCAL = '[{ name: "cloud", lang: "en-GB", localService: false },' + (
    ' { name: "welsh", lang: "cy-GB", localService: true },'
    ' { name: "local", lang: "en_US", localService: true }]'
)
CLOUD_ONLY = '[{ name: "cloud", lang: "en-GB", localService: false }]'

OpenPage = Callable[..., Page]


@pytest.fixture
def room(transactional_db: None) -> Classroom:
    return pupils.open_room()


@pytest.fixture
def reader(page_of: OpenPage, room: Classroom) -> Callable[..., Page]:
    def sit(voices: str) -> Page:
        page = page_of(viewport={"width": 390, "height": 844})
        page.add_init_script(VOICES.replace("VOICES", voices))
        pupils.sit_down(page, room, offline_too=False)
        return page

    return sit


def button(page: Page, name: str, question: str | None = None) -> Locator:
    place = page.locator(f"#{question}") if question else pupils.shown(page)
    return place.get_by_role("button", name=name)


def heard(page: Page) -> list[str]:
    return [text for text, _ in page.evaluate("spoken")]


def lit(page: Page) -> Locator:
    return page.locator(".being-read")


def test_a_question_is_read_part_by_part_and_each_part_is_lit(
    reader: Callable[..., Page],
) -> None:
    page = reader(LOCAL)
    button(page, "Read aloud: Are you happy?").click()
    for part in ("Are you happy?", "Yes", "No", "Prefer not to say"):
        expect(lit(page)).to_have_count(1)
        expect(lit(page)).to_contain_text(part)
        assert heard(page)[-1] == part
        page.evaluate("endOfSpeech()")
    expect(lit(page)).to_have_count(0)
    expect(button(page, "Read aloud", "happy")).to_be_visible()
    assert {voice for _, voice in page.evaluate("spoken")} == {"local"}
    assert page.evaluate("signs") == [{"name": "aloud", "value": "happy"}]


def test_a_page_is_read_from_its_heading_to_its_last_answer(reader: Callable[..., Page]) -> None:
    page = reader(LOCAL)
    button(page, "Read this page").click()
    question = ["Are you happy?", "Yes", "No", "Prefer not to say"]
    want = ["Start", *question, "Do you travel?", *question[1:]]
    for number in range(len(want)):
        page.wait_for_function(f"() => spoken.length === {number + 1}")
        page.evaluate("endOfSpeech()")
    expect(button(page, "Stop reading")).to_have_count(0)
    assert heard(page) == want
    assert [each["value"] for each in page.evaluate("signs")] == ["happy", "travels"]


def test_waiting_and_reading_on_says_the_part_again(reader: Callable[..., Page]) -> None:
    page = reader(LOCAL)
    button(page, "Read aloud", "happy").click()
    button(page, "Wait", "happy").click()
    button(page, "Read on", "happy").click()
    page.evaluate("endOfSpeech()")
    expect(lit(page)).to_contain_text("Yes")
    button(page, "Wait", "happy").click()
    expect(lit(page)).to_have_count(0)
    button(page, "Read on", "happy").click()
    expect(lit(page)).to_contain_text("Yes")
    button(page, "Stop reading", "happy").click()
    expect(lit(page)).to_have_count(0)
    expect(button(page, "Read aloud", "happy")).to_be_focused()
    assert heard(page) == ["Are you happy?", "Are you happy?", "Yes", "Yes"]
    assert len(page.evaluate("signs")) == 1


def test_one_thing_is_read_at_a_time_and_hiding_is_silent(reader: Callable[..., Page]) -> None:
    page = reader(LOCAL)
    button(page, "Read aloud", "happy").click()
    button(page, "Read aloud", "travels").click()
    expect(lit(page)).to_have_text("Do you travel?")
    expect(button(page, "Stop reading")).to_have_count(1)
    page.get_by_role("button", name="Hide").click()
    expect(lit(page)).to_have_count(0)


def test_turning_the_page_ends_the_reading(reader: Callable[..., Page]) -> None:
    page = reader(LOCAL)
    button(page, "Read aloud", "happy").click()
    pupils.answer_all(page, ["p01"])
    pupils.on(page, "p02")
    expect(lit(page)).to_have_count(0)
    button(page, "Read aloud", "how").click()
    expect(lit(page)).to_contain_text("How do you travel?")
    page.get_by_role("banner").get_by_role("button", name="Stop").click()
    expect(lit(page)).to_have_count(0)
    button(page, "Read this page").click()
    expect(lit(page)).to_have_text("Stop here?")


@pytest.mark.parametrize("voices", [CLOUD_ONLY, "[]"])
def test_no_voice_of_the_device_no_button(reader: Callable[..., Page], voices: str) -> None:
    page = reader(voices)
    pupils.on(page, "p01")
    expect(page.locator(".reader")).to_have_count(0)


def test_the_page_before_the_questions_is_read_too(page_of: OpenPage, room: Classroom) -> None:
    page = page_of()
    page.add_init_script(VOICES.replace("VOICES", LOCAL))
    page.goto(f"/go/{room.slips[0].code}/")
    page.get_by_role("button", name="Read this page").click()
    expect(lit(page)).to_have_text("Before you start")


def tone(seconds: float = 0.2) -> bytes:
    """A real WAV: 8 kHz, 16 bits, a quiet A."""
    samples = [int(3000 * math.sin(n * 440 * math.tau / 8000)) for n in range(int(8000 * seconds))]
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setparams((1, 2, 8000, 0, "NONE", ""))
        out.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return file.getvalue()


def record(room: Classroom, *places: str, content: bytes | None = None) -> None:
    sounds = [Sound(place, "audio/wav", content or tone()) for place in places]
    version = room.wave.questionnaire
    store_recordings(
        questionnaire=version, language="en-GB", sounds=sounds, voice="A test", by=None
    )


def test_a_recording_is_played_where_there_is_one(
    reader: Callable[..., Page], room: Classroom
) -> None:
    """Also where the device has no voice; the whole question is lit."""
    record(room, "p01-2")
    page = reader("[]")
    expect(page.locator(".reader")).to_have_count(2)  # that question's, and the page's
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    page.evaluate(
        """() => new MutationObserver((all) => all.forEach(({ target }) => {
            if (target.classList.contains("being-read")) window.wasLit = target.id;
        })).observe(document.body, { subtree: true, attributeFilter: ["class"] })"""
    )
    button(page, "Read aloud", "travels").click()
    page.wait_for_function("() => window.wasLit === 'travels'")
    expect(lit(page)).to_have_count(0)
    expect(button(page, "Stop reading")).to_have_count(0)
    assert [each for each in addresses if each.endswith("-en-GB/p01-2/")]
    assert not [each for each in addresses if "travels" in each]
    assert page.evaluate("signs") == [{"name": "aloud", "value": "travels"}]
    assert heard(page) == []


def test_a_recording_goes_before_a_voice_which_reads_the_rest(
    reader: Callable[..., Page], room: Classroom
) -> None:
    record(room, "p01-0", "p01-1")
    page = reader("[]")
    expect(page.locator(".reader")).to_have_count(2)  # the list of recordings is here
    page.evaluate("voices.push({ name: 'local', lang: 'en-GB', localService: true })")
    button(page, "Read this page").click()
    page.wait_for_function("() => spoken.length === 1")
    assert heard(page) == ["Do you travel?"]


def test_a_recording_heard_once_is_heard_without_a_network(
    page_of: OpenPage, room: Classroom
) -> None:
    record(room, "p01-2")
    page = page_of()
    page.add_init_script(VOICES.replace("VOICES", "[]"))
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if "aloud" in said.text else None)
    pupils.sit_down(page, room)
    for offline in (False, True):
        page.context.set_offline(offline)
        page.reload()
        pupils.on(page, "p01")
        button(page, "Read aloud", "travels").click()
        page.wait_for_function("() => signs.length === 1")
        expect(button(page, "Stop reading")).to_have_count(0)
    assert faults == []


def test_a_recording_can_be_stopped(reader: Callable[..., Page], room: Classroom) -> None:
    record(room, "p01-1", content=tone(30))
    page = reader("[]")
    button(page, "Read aloud", "happy").click()
    expect(lit(page)).to_have_count(1)
    button(page, "Stop reading").click()
    expect(lit(page)).to_have_count(0)
