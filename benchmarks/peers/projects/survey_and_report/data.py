"""`fill`: the journey as a survey, a category a page. `read`: what was stored, as JSON."""

import json
import os
import sys
from collections import defaultdict
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from survey.models import Answer, Category, Question, Survey  # noqa: E402


def fill():
    journey = json.loads(Path(os.environ["JOURNEY"]).read_text(encoding="utf-8"))
    call_command("migrate", verbosity=0)
    survey = Survey.objects.create(
        name="Your week", need_logged_user=False, display_method=Survey.BY_CATEGORY
    )
    for number, page in enumerate(journey["pages"], start=1):
        category = Category.objects.create(name=f"Page {number}", survey=survey, order=number)
        for order, (key, text) in enumerate(page.items()):
            Question.objects.create(
                text=f"{key} {text}",
                order=order,
                required=False,
                category=category,
                survey=survey,
                type=Question.RADIO,
                choices="|".join(journey["labels"]),
            )
    print(json.dumps({"survey": survey.pk}))


def read():
    """{interview: {item: the label's slug}}"""
    stored = defaultdict(dict)
    for answer in Answer.objects.select_related("question", "response"):
        stored[answer.response.interview_uuid][answer.question.text.split()[0]] = answer.body
    print(json.dumps(stored))


{"fill": fill, "read": read}[sys.argv[1]]()
