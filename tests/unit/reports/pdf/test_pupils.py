"""Two pages that a pupil of eleven can read."""

from dataclasses import replace

from reports.pdf import pupils_pdf
from reports.pdf.pupils import HELP, NOTHING, READING, TALK
from reports.presenters import pupil_edition
from surveys.definition.reading_age import measure
from tests.papers import Node, below_the_foot, check, read, words
from tests.unit.reports.test_presenters import given

LONG = "Saint Somebody of the Very Long Name and All Angels Voluntary Aided School " * 3


def figures(content: bytes) -> list[Node]:
    return [node for node in check(content).walk() if node.kind == "Figure"]


def test_it_is_two_tagged_pages_for_pupils() -> None:
    edition = pupil_edition(given())
    content = pupils_pdf(edition)
    text = words(content)
    assert len(read(content).pages) == 2
    assert [node.alt.count("in 100") for node in figures(content)] == [2] * len(edition.topics)
    assert "This paper is for pupils." in text
    for topic in edition.topics:
        for sentence in topic.sentences:
            assert sentence in text
    for line in (*READING, *TALK, HELP):
        assert line in text


def test_it_stays_two_pages_with_long_names_and_with_nothing_to_show() -> None:
    edition = pupil_edition(given())
    topic = replace(edition.topics[0], title=LONG, sentences=(LONG, LONG))
    for each in (replace(edition, school=LONG, topics=(topic,) * 4), replace(edition, topics=())):
        assert len(read(pupils_pdf(each)).pages) == 2
        assert below_the_foot(pupils_pdf(each)) == []
        check(pupils_pdf(each))
    assert NOTHING in words(pupils_pdf(replace(edition, topics=())))


def test_the_same_edition_gives_the_same_bytes() -> None:
    assert pupils_pdf(pupil_edition(given())) == pupils_pdf(pupil_edition(given()))


def test_its_words_are_read_with_ease_at_twelve() -> None:
    """By both formulae that the questions are held to."""
    sentences = [each for topic in pupil_edition(given()).topics for each in topic.sentences]
    text = measure(*READING, *TALK, HELP, NOTHING, *sentences)
    assert text.flesch_kincaid <= 12
    assert text.coleman_liau <= 12
