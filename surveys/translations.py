"""Language files: the words of a questionnaire in another language.

A file is JSON: {questionnaire, version, language, status, checked_by?, made_from, title,
sections: {English title: title}, intros: {page: text}, items: {item: {text, help?, options?:
{code: label}}}, codings: {coding: {code: label}}}. It names words only: keys, codes, routes and
scores stay those of the questionnaire, and so do the words of its results.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from surveys.definition.problems import DefinitionErrors, Problem, pointer
from surveys.definition.reading import fingerprint

Document: TypeAlias = "Mapping[str, Any]"
Place: TypeAlias = "tuple[str, ...]"

DRAFT = "draft, machine-made, to be checked by a speaker"
CHECKED = "checked by a speaker"
_ABOUT = ("questionnaire", "version", "language", "status", "made_from")
_NUMBERS = re.compile(r"\d+")


def words_of(document: Document) -> dict[Place, str]:
    """Everything that a pupil reads of a questionnaire, by its place in a language file."""
    return dict(_words(document))


def words_mark(document: Document) -> str:
    """16 hex digits of the words that a translation is made from: other words, another mark."""
    return fingerprint({pointer(*place): word for place, word in _words(document)})[:16]


def translation_problems(document: Document, words: Document) -> list[Problem]:
    """Why a language file does not fit a questionnaire: every missing, unknown or empty word.

    `document` must be one that `parse` accepts. The paths are those of the language file.
    """
    return sorted({*_about_problems(document, words), *_word_problems(document, words)})


def translate(document: Document, words: Document) -> dict[str, Any]:
    """A new document in the language of the file. Raises DefinitionErrors for one that misfits."""
    problems = translation_problems(document, words)
    if problems:
        raise DefinitionErrors(tuple(problems))
    given = _flat(words)
    said = copy.deepcopy(dict(document))
    said |= {"language": words["language"], "title": given["title",]}
    if "rotating" in said:
        said["rotating"] = [given["sections", title] for title in said["rotating"]]
    for page in said["pages"]:
        page["section"] = given["sections", page["section"]]
        if "intro" in page:
            page["intro"] = given["intros", page["key"]]
    for item in said["items"]:
        _say_item(item, given)
    for name, options in said.get("codings", {}).items():
        _say_options(options, given, "codings", name)
    return said


def to_translate(document: Document, language: str) -> dict[str, Any]:
    """A language file to begin with: every word is still that of the questionnaire."""
    tree: dict[str, Any] = {
        "questionnaire": document["key"],
        "version": document["version"],
        "language": language,
        "status": DRAFT,
        "made_from": words_mark(document),
    }
    for place, word in words_of(document).items():
        branch = tree
        for step in place[:-1]:
            branch = branch.setdefault(step, {})
        branch[place[-1]] = word
    return tree


def is_draft(words: Document) -> bool:
    """Has no speaker of the language checked it yet?"""
    return words.get("status") != CHECKED


def _words(document: Document) -> Iterator[tuple[Place, str]]:
    yield ("title",), document["title"]
    for page in document["pages"]:
        yield ("sections", page["section"]), page["section"]
        if "intro" in page:
            yield ("intros", page["key"]), page["intro"]
    for item in document["items"]:
        place = ("items", item["key"])
        yield from (((*place, name), item[name]) for name in ("text", "help") if name in item)
        yield from _option_words(item.get("options", ()), *place, "options")
        yield from (((*place, "options", n), word) for n, word in item.get("labels", {}).items())
    for name, options in document.get("codings", {}).items():
        yield from _option_words(options, "codings", name)


def _option_words(options: Any, *place: str) -> Iterator[tuple[Place, str]]:
    return (((*place, str(option["code"])), option["label"]) for option in options)


def _say_item(item: dict[str, Any], given: Mapping[Place, str]) -> None:
    place = ("items", item["key"])
    item |= {name: given[*place, name] for name in ("text", "help") if name in item}
    _say_options(item.get("options", ()), given, *place, "options")
    if "labels" in item:
        item["labels"] = {n: given[*place, "options", n] for n in item["labels"]}


def _say_options(options: Any, given: Mapping[Place, str], *place: str) -> None:
    for option in options:
        option["label"] = given[*place, str(option["code"])]


def _flat(tree: Document, *place: str) -> dict[Place, Any]:
    """The leaves of a language file by their places, without what it says about itself."""
    found: dict[Place, Any] = {}
    for key, value in tree.items():
        if not place and key in (*_ABOUT, "checked_by"):
            continue
        found |= _flat(value, *place, key) if isinstance(value, dict) else {(*place, key): value}
    return found


def _about_problems(document: Document, words: Document) -> Iterator[Problem]:
    for key in _ABOUT:
        if not isinstance(words.get(key), str) or not words[key].strip():
            yield Problem(pointer(key), "This must be given in a language file.")
            return
    for key, here in (("questionnaire", document["key"]), ("version", document["version"])):
        if words[key] != here:
            yield Problem(
                pointer(key), f"The file is for {words[key]}, the questionnaire is {here}."
            )
    if words["language"] == document["language"]:
        yield Problem("/language", "The questionnaire is in this language already.")
    if words["status"] not in (DRAFT, CHECKED):
        yield Problem("/status", f'This must be "{DRAFT}" or "{CHECKED}".')
    if (words["status"] == CHECKED) != bool(words.get("checked_by")):
        yield Problem("/checked_by", "The speaker who checked is named here, and nobody else.")
    if words["made_from"] != words_mark(document):
        yield Problem(
            "/made_from",
            f"The words it was made from have changed: look them through, then write "
            f"{words_mark(document)} here.",
        )


def _word_problems(document: Document, words: Document) -> Iterator[Problem]:
    needed, given = words_of(document), _flat(words)
    for place in needed.keys() - given.keys():
        yield Problem(pointer(*place), f'There is no word for "{needed[place]}".')
    for place in given.keys() - needed.keys():
        yield Problem(pointer(*place), "The questionnaire has no such word.")
    for place in needed.keys() & given.keys():
        word = given[place]
        if not isinstance(word, str) or not word.strip():
            yield Problem(pointer(*place), "This must not be empty.")
        elif _numbers(word) != _numbers(needed[place]):
            yield Problem(pointer(*place), f'The numbers are not those of "{needed[place]}".')
    yield from _alike_problems(needed, given)


def _alike_problems(needed: Mapping[Place, str], given: Mapping[Place, Any]) -> Iterator[Problem]:
    """Answers that differ in one language and read alike in the other."""
    first: dict[tuple[Place, str], Place] = {}
    for place in sorted(needed.keys() & given.keys()):
        if place[0] != "codings" and "options" not in place:
            continue
        other = first.setdefault((place[:-1], str(given[place])), place)
        if needed[other] != needed[place]:
            yield Problem(pointer(*place), f'This reads like the word for "{needed[other]}".')


def _numbers(text: str) -> list[int]:
    """Written in any script's digits, in order of size."""
    return sorted(map(int, _NUMBERS.findall(text)))
