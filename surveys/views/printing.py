"""Slips as an answer to a request: made, sent, forgotten."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from surveys.models import Lesson
from surveys.slips import PLAY, PRIVATE, Slip, slips_pdf


def slips_response(request: HttpRequest, lesson: Lesson, slips: Sequence[Slip]) -> HttpResponse:
    content = slips_pdf(
        slips,
        title=f"REHEARSAL: {lesson.title}" if lesson.rehearsal else lesson.title,
        note=PLAY if lesson.rehearsal else PRIVATE,
        start=request.get_host() + reverse("enter"),
        link=lambda code: request.build_absolute_uri(reverse("scanned", args=[code])),
    )
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": 'attachment; filename="slips.pdf"'},
    )
