"""The published JSON Schema, and its complaints in plain words."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from surveys.definition.problems import Problem, pointer

SCHEMA_FILE = Path(__file__).parents[1] / "questionnaires" / "questionnaire.schema.json"


@cache
def _validator() -> Any:
    from jsonschema import Draft202012Validator

    schema = json.loads(SCHEMA_FILE.read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def schema_problems(document: object) -> list[Problem]:
    """Where a document departs from the schema, in document order."""
    errors = _validator().iter_errors(document)
    return sorted({Problem(pointer(*error.absolute_path), _sentence(error)) for error in errors})


_SENTENCES: Mapping[str, Callable[[Any], str]] = {
    "required": lambda e: f"{', '.join(_absent(e))} must be given here.",
    "additionalProperties": lambda e: f"{', '.join(_surplus(e))} is not known here.",
    "type": lambda e: f"This must be {_listed(e.validator_value)}.",
    "enum": lambda e: f"This must be one of {', '.join(map(str, e.validator_value))}.",
    "pattern": lambda e: f"This must match {e.validator_value}.",
    "minItems": lambda e: f"At least {e.validator_value} must be given here.",
    "minLength": lambda e: "This must not be empty.",
    "minimum": lambda e: f"This must be {e.validator_value} or more.",
    "maximum": lambda e: f"This must be {e.validator_value} or less.",
    "minProperties": lambda e: "Something must be given here.",
    "uniqueItems": lambda e: "The same thing stands here twice.",
    "anyOf": lambda e: f"This fits none of the allowed forms: {_forms(e)}.",
}


def _sentence(error: Any) -> str:
    found = _SENTENCES.get(error.validator)
    return found(error) if found else f"{str(error.message)[:200]}."


def _absent(error: Any) -> list[str]:
    return [key for key in error.validator_value if key not in error.instance]


def _surplus(error: Any) -> list[str]:
    return sorted(
        str(key)[:40] for key in error.instance.keys() - error.schema["properties"].keys()
    )


def _listed(types: str | list[str]) -> str:
    return types if isinstance(types, str) else " or ".join(types)


def _forms(error: Any) -> str:
    return "; ".join(
        form.get("title") or form.get("description") or "see the schema"
        for form in error.validator_value
    )
