"""The check before the first lesson: is every kind of thing a lesson needs let through here?

No log-in, nothing stored. Each probe is like the real thing, so that a filter treats it alike.
"""

import io
import wave
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from surveys.refusal import Refused
from surveys.views.save import read_save, refused

COOKIE, PATH = "check", "/check/"
# On the sample page, so that the script knows it from a page that a filter put in its place.
MARK = "this-page-came-through-whole"
RATE = 8_000  # samples a second


@dataclass(frozen=True)
class Probe:
    """`key` names the function of check.js; `remedy` is for whoever runs the school's computers."""

    key: str
    name: str
    remedy: str


LET_THROUGH = "Let this site’s address through the filter without looking into it (see below)."
PROBES = (
    Probe("document", "Pages", LET_THROUGH),
    Probe("entrance", "The page where a code is typed", LET_THROUGH),
    Probe("style", "What makes pages look right", LET_THROUGH),
    Probe("script", "The script of the lesson", LET_THROUGH),
    Probe("save", "Saving answers", f"{LET_THROUGH} It must let POST requests with JSON through."),
    Probe(
        "cookie", "The cookie that keeps a pupil’s place", "Allow cookies of this site in browsers."
    ),
    Probe("sound", "Sound for reading aloud", f"{LET_THROUGH} It must let audio through."),
    Probe(
        "secure",
        "A secure address",
        "Open the site by its https address. A filter that opens https needs its certificate on "
        "every device.",
    ),
    Probe(
        "storage",
        "Keeping answers on the device while the network is away",
        "Allow site data (IndexedDB) for this site, and do not use private windows. Without it "
        "lessons work, but answers that wait are lost if the tab is closed.",
    ),
    Probe(
        "worker",
        "Going on when the network is away",
        "Allow service workers for this site. Without them lessons work, but a page cannot be "
        "loaded again while the network is away.",
    ),
    Probe(
        "voice",
        "A voice on this device",
        "Install a voice of the language on the devices, if pupils are to have questions read "
        "aloud. Voices that send the text to another company are never used.",
    ),
)


@never_cache
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    places = {
        "document": reverse("check-page"),
        "entrance": reverse("enter"),
        "sound": reverse("check-sound"),
        "save": reverse("check-save"),
        "style": static("census/pupil.css"),
        "script": static("surveys/lesson/app.js"),
        "own_worker": reverse("lesson-worker"),
        "worker": static("surveys/check-worker.js"),
        "mark": MARK,
    }
    context = {"host": request.get_host(), "probes": PROBES, "places": places}
    return render(request, "surveys/staff/check.html", context)


@never_cache
@require_safe
def check_page(request: HttpRequest) -> HttpResponse:
    """A page built as a pupil's pages are, about nothing."""
    return render(request, "surveys/staff/check_page.html", {"sample": MARK})


@never_cache
@require_safe
def check_sound(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_half_a_second_of_nothing(), content_type="audio/wav")


@csrf_exempt
@never_cache
@require_POST
def check_save(request: HttpRequest) -> JsonResponse:
    """Takes what a lesson's save takes, answers as it does, and keeps nothing."""
    try:
        sent = read_save(request)
    except Refused as refusal:
        return refused(request, refusal)
    saved = [{"page": each.page, "seq": each.seq} for each in sent.pages]
    response = JsonResponse({"saved": saved, "cookie": COOKIE in request.COOKIES})
    response.set_cookie(
        COOKIE,
        "1",
        max_age=60,
        path=PATH,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


@cache
def _half_a_second_of_nothing() -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(bytes(RATE))
    return file.getvalue()
