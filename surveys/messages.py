"""The words of pupils' pages, collected for translation: from templates and from Python.

Templates are read by Django's own parser, so that what is collected is what is looked up.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.template import engines
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils.translation import trim_whitespace

from surveys.definition.answers import SENTENCES

ROOM = Path(__file__).parent
LOCALE = ROOM / "locale"
_CALLS = {"_", "gettext", "gettext_lazy"}


def collected() -> dict[str, list[str]]:
    """Every sentence with the files of this room that say it, in the order of these."""
    found: dict[str, list[str]] = {}
    answers = (("definition/answers.py", sentence) for sentence in SENTENCES)
    for place, words in (*_in_templates(), *_in_python(), *answers):
        places = found.setdefault(words, [])
        places += [] if place in places else [place]
    return dict(sorted(found.items(), key=lambda entry: (entry[1], entry[0])))


def _in_templates() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOM / "templates").rglob("*.*")):
        name = str(path.relative_to(ROOM / "templates"))
        for words in _of_template(engines["django"].get_template(name)):
            yield f"templates/{name}", words


def _of_template(opened: Any) -> Iterator[str]:
    template = opened.template
    for node in template.nodelist.get_nodes_by_type(TranslateNode):
        yield _constant(node)
    for node in template.nodelist.get_nodes_by_type(BlockTranslateNode):
        words = node.render_token_list(node.singular)[0]
        yield trim_whitespace(words) if node.trimmed else words


def _constant(node: Any) -> str:
    """Raises AttributeError where a variable is translated: nobody could collect its words."""
    return str(node.filter_expression.var.literal)


def _in_python() -> Iterator[tuple[str, str]]:
    for path in sorted(ROOM.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _is_gettext(node):
                yield str(path.relative_to(ROOM)), _argument(node)


def _is_gettext(call: ast.Call) -> bool:
    return (
        isinstance(call.func, ast.Name)
        and call.func.id in _CALLS
        and bool(call.args)
        and isinstance(call.args[0], ast.Constant)
    )


def _argument(call: ast.Call) -> str:
    first = call.args[0]
    return str(first.value) if isinstance(first, ast.Constant) else ""
