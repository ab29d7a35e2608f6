"""Places that can be read aloud from a recording, and the words said at each. No Django.

A place is a page and a number: p21-2 is the second question of page p21 with its answers, and
p21-0 is what stands above the questions. No place tells what is asked there.
"""

from __future__ import annotations

from collections.abc import Iterator

from surveys.definition import Item, Page, Questionnaire

# What browsers of 2020 play, by the ending of a file's name.
MEDIA = {".wav": "audio/wav", ".mp3": "audio/mpeg", ".m4a": "audio/mp4"}


def spoken(questionnaire: Questionnaire) -> dict[str, str]:
    """What is said at each place, in order; one line for each breath."""
    return {
        place: "\n".join(_sentence(line) for line in lines if line)
        for page in questionnaire.pages
        for place, lines in _places(page)
    }


def _places(page: Page) -> Iterator[tuple[str, list[str]]]:
    yield f"{page.key}-0", [page.section, page.intro]
    for number, item in enumerate(page.items, start=1):
        yield f"{page.key}-{number}", _question(item)


def _question(item: Item) -> list[str]:
    # Of the numbers on a line only those that stand for something are read, not 0, 1, 2, 3 ...
    labels = [each.label for each in item.kind.options if each.label != str(each.code)]
    return [item.text, item.help, *labels]


def _sentence(line: str) -> str:
    """An engine makes its pause at a full stop."""
    return line if line[-1] in ".?!:؟" else f"{line}."
