"""A class in an open lesson, in whatever database the environment names: prints the codes.

Run by `site.py` as a process of its own: the servers under test have their own databases.
"""

import json
from typing import Any

import django

PAGES = tuple(f"p{n:02d}" for n in range(1, 13))
PUPILS = 600
HIGHEST = 9_999  # answers are numbers, so that any two saves of a page can be told apart


def document() -> dict[str, Any]:
    """A number on every page, and one choice."""
    from tests.classroom import DOCUMENT

    numbers = [
        {"key": f"n_{page}", "text": "Any?", "type": "number", "min": 0, "max": HIGHEST}
        for page in PAGES
    ]
    pages = [{"key": page, "section": "All", "items": [f"n_{page}"]} for page in PAGES]
    pages[0] = {**pages[0], "items": [numbers[0]["key"], "happy"]}
    items = [*numbers, DOCUMENT["items"][0]]
    topics = [{**DOCUMENT["topics"][0], "items": [item["key"] for item in items]}]
    return {**DOCUMENT, "pages": pages, "items": items, "topics": topics}


def main() -> None:
    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    from schools.keys import make_keys
    from schools.models import Authority, School
    from tests.classroom import build_classroom

    make_keys()
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        authority = Authority.objects.create(code="E09000099", name="Exampleham")
        school = School.objects.create(authority=authority, key="100001", name="Ash")
        room = build_classroom(authority, school, pupils=PUPILS, document=document())
    print(json.dumps([slip.code for slip in room.slips]))


if __name__ == "__main__":
    main()
