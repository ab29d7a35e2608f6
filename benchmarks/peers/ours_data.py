"""`fill N`: an open lesson of N pupils, their codes printed. `read`: their answers, opened."""

import json
import sys
from collections import ChainMap
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from benchmarks.peers.journey import LABELS, PAPERS  # noqa: E402
from schools.keys import make_keys, read_key  # noqa: E402
from schools.models import Authority, School  # noqa: E402
from surveys.models import Response  # noqa: E402
from surveys.sealing import open_answers, unwrap_for_analysis  # noqa: E402
from tests.classroom import build_classroom  # noqa: E402


def document() -> dict[str, Any]:
    """The journey as a questionnaire of ours."""
    texts = dict(ChainMap(*reversed(PAPERS)))
    headline = {"key": "first", "label": "said so", "item": "q011", "meets": [5]}
    return {
        "key": "journey",
        "version": "1",
        "language": "en-GB",
        "title": "Your week",
        "wording": {"status": "stand-in", "note": "Made for a benchmark."},
        "themes": [{"key": "days", "title": "Days", "kind": "driver"}],
        "codings": {"true5": [{"code": n, "label": text} for n, text in enumerate(LABELS, 1)]},
        "pages": [
            {"key": f"p{n:02d}", "section": f"Part {n}", "items": list(paper)}
            for n, paper in enumerate(PAPERS, start=1)
        ],
        "items": [
            {"key": key, "text": text, "type": "choice", "coding": "true5"}
            for key, text in texts.items()
        ],
        "scales": [],
        "topics": [
            {
                "key": "week",
                "title": "Week",
                "theme": "days",
                "direction": "higher_better",
                "items": list(texts),
                "headlines": [{**headline, "direction": "higher_better"}],
            }
        ],
    }


def fill(pupils: int) -> None:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    make_keys()
    authority = Authority.objects.create(code="E09000099", name="Exampleham")
    school = School.objects.create(authority=authority, key="100001", name="Ash", estab="3114001")
    room = build_classroom(authority, school, pupils=pupils, document=document())
    # By the number in class as a number: as text, 10 would come before 2.
    slips = sorted(room.slips, key=lambda slip: int(slip.place_in_class.rpartition(" ")[2]))
    print(json.dumps([slip.code for slip in slips]))


def read() -> None:
    stored = {}
    for response in Response.objects.select_related("code__pupil").prefetch_related("pages"):
        key = unwrap_for_analysis(
            read_key("ANALYSIS_PRIVATE_KEY"),
            bytes(response.analysis_wrap),
            context=response.pk.hex,
        )
        papers = [
            open_answers(key, bytes(row.sealed), context=row.context)
            for row in response.pages.all()
            if row.page != "about"
        ]
        stored[response.code.pupil.class_number - 1] = dict(ChainMap(*papers))
    print(json.dumps(stored))


if sys.argv[1] == "fill":
    fill(int(sys.argv[2]))
else:
    read()
