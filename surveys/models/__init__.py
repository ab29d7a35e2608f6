"""What the database keeps about questionnaires, waves, lessons and sealed answers."""

from surveys.models.lesson import AccessCode, Lesson
from surveys.models.questionnaire import (
    QuestionnaireVersion,
    Recording,
    ScalePermission,
    Translation,
)
from surveys.models.response import Link, Response, SealedPage
from surveys.models.snapshot import CodedSchool
from surveys.models.wave import Edition, Wave

__all__ = [
    "AccessCode",
    "CodedSchool",
    "Edition",
    "Lesson",
    "Link",
    "QuestionnaireVersion",
    "Recording",
    "Response",
    "ScalePermission",
    "SealedPage",
    "Translation",
    "Wave",
]
