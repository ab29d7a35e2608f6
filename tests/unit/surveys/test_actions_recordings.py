"""Recordings: all that fit are stored, or none is."""

import pytest

from schools.models import AuditEntry
from surveys.actions.recordings import MOST_BYTES, Sound, store_recordings
from surveys.models import QuestionnaireVersion, Recording
from surveys.refusal import Refused
from tests.classroom import Classroom


@pytest.fixture
def version(classroom: Classroom) -> QuestionnaireVersion:
    return classroom.wave.questionnaire


def store(version: QuestionnaireVersion, *sounds: Sound, language: str = "en-GB") -> int:
    return store_recordings(
        questionnaire=version, language=language, sounds=sounds, voice="Sam", by=None
    )


def test_a_better_recording_replaces_the_old_one(version: QuestionnaireVersion) -> None:
    store(version, Sound("p01-1", "audio/wav", b"old"), Sound("p01-0", "audio/wav", b"title"))
    assert store(version, Sound("p01-1", "audio/mpeg", b"new")) == 1
    held = {each.place: (each.media_type, bytes(each.content)) for each in Recording.objects.all()}
    assert held == {"p01-1": ("audio/mpeg", b"new"), "p01-0": ("audio/wav", b"title")}
    entries = AuditEntry.objects.filter(action="recordings.stored").order_by("number")
    assert [each.details for each in entries] == [
        {"count": 2, "voice": "Sam"},
        {"count": 1, "voice": "Sam"},
    ]


@pytest.mark.parametrize(
    "unfit",
    [
        Sound("p01-3", "audio/wav", b"x"),
        Sound("happy", "audio/wav", b"x"),
        Sound("p01-1", "audio/ogg", b"x"),
        Sound("p01-1", "text/html", b"x"),
        Sound("p01-1", "audio/wav", b""),
        Sound("p01-1", "audio/wav", b"x" * (MOST_BYTES + 1)),
    ],
    ids=["no such place", "an item's key", "ogg", "a page", "empty", "too large"],
)
def test_one_that_does_not_fit_keeps_all_out(version: QuestionnaireVersion, unfit: Sound) -> None:
    with pytest.raises(Refused) as refused:
        store(version, Sound("p01-2", "audio/wav", b"good"), unfit)
    assert len(refused.value.problems) == 1
    assert unfit.place in refused.value.problems[0]
    assert not Recording.objects.exists()


def test_only_for_languages_the_questionnaire_speaks(version: QuestionnaireVersion) -> None:
    with pytest.raises(Refused, match="not translated into 'cy'"):
        store(version, Sound("p01-1", "audio/wav", b"x"), language="cy")


def test_nothing_is_refused(version: QuestionnaireVersion) -> None:
    with pytest.raises(Refused, match="no recording"):
        store(version)
