"""Sets up what the server is measured with: a wave with the core questionnaire and its lesson.

Run in a process of its own, with the settings of the server: prints a JSON document.
"""

import json
import sys
from pathlib import Path
from typing import Any

CORE = Path(__file__).resolve().parents[2] / "surveys" / "questionnaires" / "core.json"


def main(pupils: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    print(json.dumps(_room(pupils)))


def _room(pupils: int) -> dict[str, Any]:
    """The codes, one a pupil; the pages with answers; the queries of one save."""
    from django.db import transaction

    from schools.keys import make_keys
    from schools.models import Authority, School
    from tests.classroom import build_classroom

    make_keys()
    core = json.loads(CORE.read_text(encoding="utf-8"))
    with transaction.atomic():
        authority = Authority.objects.create(code="E09000099", name="Exampleham")
        school = School.objects.create(authority=authority, key="100001", name="Ash")
        room = build_classroom(authority, school, pupils=pupils + 1, document=core)
    codes = [slip.code for slip in room.slips]
    pages = _pages(room.wave.questionnaire.definition)
    return {"codes": codes[1:], "pages": pages, "queries": _queries(codes[0], pages[0])}


def _pages(definition: Any) -> list[tuple[str, dict[str, int]]]:
    """Every page with an answer to each question that has single answers."""
    return [
        (page.key, {i.key: i.kind.codes()[0] for i in page.items if i.kind.name == "choice"})
        for page in definition.pages
    ]


def _queries(code: str, page: tuple[str, dict[str, int]]) -> list[str]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from surveys.actions.responses import PageSave, save_pages, take_seat

    seat = take_seat(code=code)
    with CaptureQueriesContext(connection) as found:
        save_pages(seat=seat, pages=[PageSave(page[0], 1, page[1])])
    return [query["sql"].split()[0] for query in found.captured_queries]


if __name__ == "__main__":
    main(int(sys.argv[1]))
