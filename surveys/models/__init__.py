"""What the database keeps about questionnaires, waves, lessons and sealed answers."""

from surveys.models.lesson import AccessCode, Lesson
from surveys.models.questionnaire import QuestionnaireVersion, ScalePermission
from surveys.models.response import Link, Response, SealedPage
from surveys.models.wave import Wave

__all__ = [
    "AccessCode",
    "Lesson",
    "Link",
    "QuestionnaireVersion",
    "Response",
    "ScalePermission",
    "SealedPage",
    "Wave",
]
