"""Saving by script: pages of answers as JSON, "saved" only after the commit."""

import json
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from surveys.actions.responses import PageSave, save_pages
from surveys.refusal import Refused
from surveys.seats import seat_of
from surveys.views.turned_away import STATUS

MOST_BYTES = 64 * 1024
MOST_PAGES = 100


@never_cache
@require_POST
def save(request: HttpRequest) -> JsonResponse:
    """{"page", "seq", "answers"}, or {"pages": [...]} of these: all are stored, or none."""
    # By the header, before the body is read: a large body is not worth its memory.
    if _announced(request) > MOST_BYTES:
        return JsonResponse({"error": "too_large", "reason": "That is too much."}, status=413)
    try:
        pages = _pages(_document(request.body))
        save_pages(seat=seat_of(request), pages=pages)
    except Refused as refusal:
        return _no(refusal)
    return JsonResponse({"saved": [{"page": each.page, "seq": each.seq} for each in pages]})


def _announced(request: HttpRequest) -> int:
    length = request.headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() else 0


def _document(body: bytes) -> dict[str, Any]:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict):
        raise Refused("The body must be a JSON object.", code="invalid")
    return document


def _pages(document: dict[str, Any]) -> list[PageSave]:
    entries = document.get("pages", [document])
    if not isinstance(entries, list) or not 0 < len(entries) <= MOST_PAGES:
        raise Refused(f"pages must be a list of 1 to {MOST_PAGES} pages.", code="invalid")
    return [_page(entry) for entry in entries]


def _page(entry: Any) -> PageSave:
    fields = {"page": str, "seq": int, "answers": dict}
    if not isinstance(entry, dict) or entry.keys() != fields.keys():
        raise Refused("A page has the fields page, seq and answers.", code="invalid")
    if any(type(entry[name]) is not kind for name, kind in fields.items()):
        raise Refused("page is text, seq a number and answers an object.", code="invalid")
    return PageSave(**entry)


def _no(refusal: Refused) -> JsonResponse:
    body = {"error": refusal.code, "reason": str(refusal), "problems": list(refusal.problems)}
    return JsonResponse(body, status=STATUS.get(refusal.code, 400))
