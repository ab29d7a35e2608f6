"""A questionnaire of five questions on three pages, for tests that are not about questions."""

from copy import deepcopy
from typing import Any

from surveys.definition import Questionnaire, parse

OWN = {"holder": "Written for this test", "terms": "Free", "permission_needed": False}

DOCUMENT: dict[str, Any] = {
    "key": "tiny",
    "version": "1.0",
    "language": "en",
    "title": "Five questions",
    "wording": {"status": "stand-in"},
    "themes": [{"key": "life", "title": "Life", "kind": "domain"}],
    "codings": {
        "agree4": [
            {"code": 1, "label": "Not at all"},
            {"code": 2, "label": "A little"},
            {"code": 3, "label": "Quite a lot"},
            {"code": 4, "label": "Very much"},
            {"code": 9, "label": "Prefer not to say", "kind": "prefer_not"},
        ],
        "yesno": [{"code": 1, "label": "Yes"}, {"code": 0, "label": "No"}],
    },
    "pages": [
        {"key": "p01", "section": "You", "items": ["happy", "calm"]},
        {"key": "p02", "section": "You", "items": ["rested", "why_tired"]},
        {"key": "p03", "section": "The end", "items": ["hopeful"]},
    ],
    "items": [
        {"key": "happy", "text": "I feel happy.", "type": "choice", "coding": "agree4"},
        {"key": "calm", "text": "I feel calm.", "type": "choice", "coding": "agree4"},
        {"key": "rested", "text": "Do you sleep enough?", "type": "choice", "coding": "yesno"},
        {
            "key": "why_tired",
            "text": "What keeps you awake?",
            "type": "multi",
            "options": [{"code": 1, "label": "Noise"}, {"code": 2, "label": "Screens"}],
        },
        {"key": "hopeful", "text": "I feel hopeful.", "type": "choice", "coding": "agree4"},
    ],
    "scales": [
        {
            "key": "mood",
            "title": "Mood",
            "method": "sum",
            "parts": ["happy", "calm"],
            "direction": "higher_better",
            "range": [2, 8],
            "licence": OWN,
            "citation": "Written for this test",
        }
    ],
    "topics": [
        {
            "key": "feeling",
            "title": "Feeling well",
            "theme": "life",
            "direction": "higher_better",
            "items": ["happy", "calm", "hopeful"],
            "scale": "mood",
            "headlines": [
                {
                    "key": "feels_happy",
                    "label": "said they feel quite or very happy",
                    "item": "happy",
                    "meets": [3, 4],
                    "direction": "higher_better",
                }
            ],
        },
        {
            "key": "sleep",
            "title": "Sleep",
            "theme": "life",
            "direction": "higher_better",
            "items": ["rested", "why_tired"],
            "headlines": [
                {
                    "key": "sleeps_enough",
                    "label": "said they sleep enough",
                    "item": "rested",
                    "meets": [1],
                    "direction": "higher_better",
                }
            ],
        },
    ],
}


def tiny_document(**changes: Any) -> dict[str, Any]:
    return {**deepcopy(DOCUMENT), **changes}


def tiny_questionnaire() -> Questionnaire:
    return parse(tiny_document())
