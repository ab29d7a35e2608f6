"""One tiny questionnaire a feature: a failing feature is named by its file."""

from pathlib import Path

import pytest

from surveys.definition import DefinitionErrors, load

HERE = Path(__file__).parent
SHIPPED = Path(__file__).parents[2] / "surveys" / "questionnaires"

# Every fault of a file by its place, and a word of the sentence that says why.
FAULTS = {
    "unknown_item": {
        ("/pages/0/items/1", "nowhere"),
        ("/scales/0/parts/1", "ghost"),
        ("/topics/0/headlines/0", "wraith"),
        ("/topics/0/items/1", "spirit"),
    },
    "item_on_two_pages": {("/items/0", "more than one page")},
    "item_on_no_page": {("/items/1", "no page")},
    "condition_looks_ahead": {("/pages/0/when", "earlier page")},
    "condition_on_its_own_page": {("/items/1/when", "earlier page")},
    "unreachable_page": {("/pages/2", "ever reach")},
    "unreachable_item": {("/pages/1", "ever asked item b")},
    "condition_code": {("/pages/1/when", "7 is no code")},
    "duplicate_codes": {("/items/0/options", "Code 1"), ("/items/1", "Option 3")},
    "duplicate_keys": {("/pages/0/key", "p01"), ("/pages/1/key", "p01")},
    "scale_does_not_fit": {
        ("/scales/0/range", "from 1 to 9"),
        ("/scales/1/parts/0", "8 is no answer"),
        ("/scales/2/parts/0", "several answers"),
        ("/scales/3/missing", "6 or more"),
    },
    "scale_before_its_parts": {("/scales/0/parts/0", "lower")},
    "conversion_incomplete": {("/scales/0/conversion", "every raw score 1 to 5")},
    "percent_half": {("/items/0/pair", "name this one back")},
    "topic_without_headline": {("/topics/0", "no headline")},
    "headline": {
        ("/topics/0/headlines/0/meets", "8 is no answer"),
        ("/topics/0/headlines/1", "no score ghost"),
        ("/topics/0/headlines/2", "one of item, items or score"),
    },
    "unknown_coding": {("/items/0/coding", "nothing_such")},
    "section_resumes": {("/pages/2/section", "resumes")},
    "licence_missing": {("/scales/0", "licence")},
    "rotation": {
        ("/pages/1", "keeps its place"),
        ("/pages/3/when", "another section"),
        ("/rotating", "one after another"),
    },
    "rotation_unknown": {("/rotating/1", "no section Yellow")},
    "page_key_speaks": {("/pages/0/key", "match")},
}


@pytest.mark.parametrize("path", sorted(HERE.glob("*.json")), ids=lambda path: path.stem)
def test_every_tiny_definition_is_either_sound_or_a_listed_fault(path: Path) -> None:
    if path.stem.startswith("fault_"):
        assert path.stem.removeprefix("fault_") in FAULTS
    else:
        assert load(path).pages


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_reported_where_it_is_and_why(name: str) -> None:
    with pytest.raises(DefinitionErrors) as caught:
        load(HERE / f"fault_{name}.json")
    found = sorted(caught.value.problems)
    expected = sorted(FAULTS[name])
    assert [problem.path for problem in found] == [path for path, _ in expected]
    for problem, (_, words) in zip(found, expected, strict=True):
        assert words in problem.message


@pytest.mark.parametrize("name", ["core", "devon-beewell-2023"])
def test_the_questionnaires_that_are_shipped_are_sound(name: str) -> None:
    assert load(SHIPPED / f"{name}.json").key == name
