"""Saving by script: pages of answers as JSON, "saved" only after the commit."""

import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from surveys.actions.responses import ENDS, PageSave, save_pages
from surveys.refusal import Refused
from surveys.seats import end_seat, seat_of
from surveys.views.turned_away import STATUS, TROUBLE, in_trouble

MOST_BYTES = 64 * 1024
MOST_PAGES = 100
# In place of a token, which a document that is the same for every pupil cannot hold: another
# site's page can send neither the cookie (SameSite) nor this type of content without asking.
OWN_SITES = {None, "same-origin", "none"}
FIELDS = {"page": str, "seq": int, "answers": dict}


@dataclass(frozen=True)
class Sent:
    """What a request asks to be stored, and how the response ends with it, if it does."""

    pages: list[PageSave]
    end: str | None = None


@csrf_exempt
@never_cache
@require_POST
def save(request: HttpRequest) -> JsonResponse:
    """{"page", "seq", "answers"}, or {"pages": [...], "end": ...}: all is stored, or nothing."""
    try:
        sent = read_save(request)
        done = save_pages(seat=seat_of(request), pages=sent.pages, end=sent.end)
    except Refused as refusal:
        return refused(request, refusal)
    except TROUBLE as error:
        return refused(request, in_trouble(error))
    saved = [{"page": each.page, "seq": each.seq} for each in sent.pages]
    response = JsonResponse({"saved": saved, "lesson": done.lesson, "ended": done.ended})
    if done.ended:
        end_seat(request, response)
    return response


def refused(request: HttpRequest, refusal: Refused) -> JsonResponse:
    """A refusal as JSON: one neutral word, and the sentence."""
    body = {"error": refusal.code, "reason": str(refusal), "problems": list(refusal.problems)}
    response = JsonResponse(body, status=STATUS.get(refusal.code, 400))
    if refusal.code == "finished":
        end_seat(request, response)
    return response


def read_save(request: HttpRequest) -> Sent:
    """What a request asks to be stored. Raises `Refused`."""
    if request.META.get("HTTP_SEC_FETCH_SITE") not in OWN_SITES:
        raise Refused("This comes from another site.", code="unknown")
    if request.content_type != "application/json":
        raise Refused("The body must be application/json.", code="invalid")
    # By the header, before the body is read: a large body is not worth its memory.
    if _announced(request) > MOST_BYTES:
        raise Refused("That is too much.", code="too_large")
    return _read(_document(request.body))


def _announced(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or ""
    return int(length) if length.isascii() and length.isdigit() else 0


def _document(body: bytes) -> dict[str, Any]:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict):
        raise Refused("The body must be a JSON object.", code="invalid")
    return document


def _read(document: dict[str, Any]) -> Sent:
    if "pages" not in document:
        return Sent([_page(document)])
    pages, end = document["pages"], document.get("end")
    if document.keys() - {"pages", "end"} or not (end is None or end in list(ENDS)):
        raise Refused("A request holds pages and an end: send, keep or delete.", code="invalid")
    least = 1 if end is None else 0
    if not isinstance(pages, list) or not least <= len(pages) <= MOST_PAGES:
        raise Refused(f"pages must be a list of 1 to {MOST_PAGES} pages.", code="invalid")
    return Sent([_page(entry) for entry in pages], end)


def _page(entry: Any) -> PageSave:
    if not isinstance(entry, dict) or entry.keys() != FIELDS.keys():
        raise Refused("A page has the fields page, seq and answers.", code="invalid")
    if any(type(entry[name]) is not kind for name, kind in FIELDS.items()):
        raise Refused("page is text, seq a number and answers an object.", code="invalid")
    return PageSave(**entry)
