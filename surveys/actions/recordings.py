"""Questions read aloud: recordings stored beside a version of a questionnaire."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from schools.audit import record
from schools.models import User
from surveys.languages import languages_of
from surveys.models import QuestionnaireVersion, Recording
from surveys.refusal import Refused
from surveys.spoken import MEDIA, spoken

MOST_BYTES = 4 * 1024 * 1024  # one question: a minute of plain WAV


@dataclass(frozen=True)
class Sound:
    """What is heard at one place: `media_type` one of `MEDIA`, `content` the whole file."""

    place: str
    media_type: str
    content: bytes


@transaction.atomic
def store_recordings(
    *,
    questionnaire: QuestionnaireVersion,
    language: str,
    sounds: Sequence[Sound],
    voice: str,
    by: User | None,
) -> int:
    """Store sounds for their places, instead of what was there. All of them, or none.

    `voice` says who or what speaks. Raises `Refused` with a line for each sound that does not fit.
    """
    _refuse_unfit(questionnaire, language, sounds)
    for sound in sounds:
        Recording.objects.update_or_create(
            questionnaire=questionnaire,
            language=language,
            place=sound.place,
            defaults={"media_type": sound.media_type, "content": sound.content, "voice": voice},
        )
    record(
        by=by,
        action="recordings.stored",
        subject=f"{questionnaire} ({language})",
        details={"count": len(sounds), "voice": voice},
    )
    return len(sounds)


def _refuse_unfit(
    questionnaire: QuestionnaireVersion, language: str, sounds: Sequence[Sound]
) -> None:
    if language not in {each.code for each in languages_of(questionnaire)}:
        raise Refused(f"{questionnaire} is not translated into {language!r}.")
    places = set(spoken(questionnaire.definition))
    problems = [line for sound in sounds for line in _problems(sound, places)]
    if problems:
        raise Refused("Some recordings do not fit.", problems=tuple(problems))
    if not sounds:
        raise Refused("There is no recording.")


def _problems(sound: Sound, places: set[str]) -> list[str]:
    problems = []
    if sound.place not in places:
        problems.append(f"{sound.place}: there is no such place in the questionnaire.")
    if sound.media_type not in MEDIA.values():
        problems.append(f"{sound.place}: {sound.media_type} is not a kind that browsers play.")
    if not 0 < len(sound.content) <= MOST_BYTES:
        problems.append(f"{sound.place}: empty, or larger than {MOST_BYTES // 1024} kB.")
    return problems
