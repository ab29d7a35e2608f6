"""Reading a definition, and answers to one page of it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.definition import (
    DefinitionErrors,
    Questionnaire,
    check_answers,
    columns,
    fingerprint,
    load,
    parse,
    parse_answers,
    score_columns,
)

ROOT = Path(__file__).parents[3]
TINY = ROOT / "tests" / "questionnaires"
SHIPPED = ROOT / "surveys" / "questionnaires"


def document(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((TINY / f"{name}.json").read_text("utf-8"))
    return found


def tiny(name: str) -> Questionnaire:
    return parse(document(name))


@pytest.fixture(scope="module")
def core() -> Questionnaire:
    return load(SHIPPED / "core.json")


# Reading -------------------------------------------------------------------------------------


def test_a_definition_is_read_without_django() -> None:
    program = "import sys, surveys.definition, surveys.wording; sys.exit('django' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)


def test_the_heavy_libraries_are_not_loaded_at_start() -> None:
    modules = "surveys.definition, surveys.navigation, surveys.scoring, surveys.collected"
    program = f"import sys, {modules}; sys.exit(bool({{'numpy', 'pandas'}} & set(sys.modules)))"
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)


def test_all_problems_are_reported_at_once() -> None:
    broken = document("routing_by_answer")
    broken["pages"][0]["items"].append("ghost")
    broken["items"][1]["when"]["in"] = [5]
    broken["items"][2]["coding"] = "nothing"
    with pytest.raises(DefinitionErrors) as caught:
        parse(broken)
    paths = {problem.path for problem in caught.value.problems}
    assert {"/pages/0/items/1", "/items/1/when", "/items/2/coding"} <= paths


@pytest.mark.parametrize(
    ("change", "path", "words"),
    [
        ({"title": ""}, "/title", "must not be empty"),
        ({"version": "one"}, "/version", "must match"),
        ({"surprise": 1}, "", "surprise is not known"),
        ({"pages": []}, "/pages", "At least 1"),
        ({"key": 7}, "/key", "must be string"),
    ],
)
def test_the_schema_speaks_plainly(change: dict[str, Any], path: str, words: str) -> None:
    with pytest.raises(DefinitionErrors) as caught:
        parse({**document("routing_by_answer"), **change})
    problem = next(p for p in caught.value.problems if p.path == path)
    assert words in problem.message


def test_a_switch_may_not_depend_on_the_year_group() -> None:
    broken = document("scale_switch")
    broken["scales"][0]["when"] = {"year_group": [10]}
    with pytest.raises(DefinitionErrors, match="never on the year group"):
        parse(broken)


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"PK\x03\x04", b"[1]", b'{"key": 1', b"[" * 100_000]
)
def test_a_file_that_is_no_questionnaire_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "file.json"
    file.write_bytes(content)
    with pytest.raises(DefinitionErrors):
        load(file)


def test_a_key_given_twice_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "file.json"
    file.write_text('{"key": "a", "key": "b"}')
    with pytest.raises(DefinitionErrors, match="given twice"):
        load(file)


def test_the_fingerprint_depends_on_content_only() -> None:
    original = document("tick_all")
    shuffled = dict(reversed(original.items()))
    assert fingerprint(shuffled) == fingerprint(original)
    assert fingerprint({**original, "title": "Another"}) != fingerprint(original)
    assert fingerprint({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


def test_a_headline_on_a_sensitive_item_is_sensitive() -> None:
    flags = {h.key: h.sensitive for h in tiny("headline_any_item").headlines}
    assert flags == {"either": True, "b_low": False}


# Columns -------------------------------------------------------------------------------------


def test_tick_all_has_a_column_for_every_option() -> None:
    found = {c.key: (c.text, c.kind, c.codes) for c in columns(tiny("tick_all"))}
    ticks = ((0, "Not ticked", "answer"), (1, "Ticked", "answer"))
    assert list(found) == ["colours__1", "colours__2", "colours__3", "colours__9", "why_blue"]
    assert found["colours__2"] == ("Blue", "answer", ticks)
    assert found["colours__9"] == ("Prefer not to say", "prefer_not", ticks)


def test_a_number_has_a_code_for_every_step() -> None:
    (column,) = columns(tiny("number_with_prefer_not"))
    assert [code for code, _, _ in column.codes] == list(range(12))
    assert column.codes[0] == (0, "Nothing", "answer")
    assert column.codes[11] == (11, "Prefer not to say", "prefer_not")


def test_score_columns_say_which_scores_are_whole() -> None:
    found = {c.key: (c.low, c.high, c.integer) for c in score_columns(tiny("scale_converted"))}
    assert found == {"total": (2, 10, True), "total_metric": (2, 50, False)}
    prorated = {c.key: c.integer for c in score_columns(tiny("scale_prorated"))}
    assert prorated == {"six": False, "six_complete": True, "six_mean": False}
    mapped = {c.key: c.integer for c in score_columns(tiny("scale_mapped"))}
    assert mapped == {"any_high": True, "worst": True, "without_five": False}


# Answers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "answers"),
    [
        ("routing_by_answer", {"asks": ["1"]}, {"asks": 1}),
        ("routing_by_answer", {"asks": [" 0 "]}, {"asks": 0}),
        ("routing_by_answer", {"asks": [""]}, {}),
        ("routing_by_answer", {}, {}),
        ("tick_all", {"colours": ["3", "1"]}, {"colours": [1, 3]}),
        ("tick_all", {"colours": []}, {}),
        ("number_with_prefer_not", {"rating": ["11"]}, {"rating": 11}),
        ("percent_pair", {"inside": ["33"], "outside": ["67"]}, {"inside": 33, "outside": 67}),
        ("percent_pair", {"inside": [""], "outside": [""]}, {}),
    ],
)
def test_a_form_becomes_answers(
    name: str, data: dict[str, list[str]], answers: dict[str, Any]
) -> None:
    assert parse_answers(tiny(name), "p01", data) == (answers, ())
    assert check_answers(tiny(name), "p01", answers) == ()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("routing_by_answer", {"asks": ["2"]}),
        ("routing_by_answer", {"asks": ["1", "0"]}),
        ("routing_by_answer", {"asks": ["1\0"]}),
        ("routing_by_answer", {"asks": ["١"]}),  # a digit to str.isdigit, none to us
        ("routing_by_answer", {"asks": ["9" * 5000]}),
        ("routing_by_answer", {"asks": ["-1"]}),
        ("routing_by_answer", {"asks": ["1.0"]}),
        ("routing_by_answer", {"follows": ["1"]}),  # stands on another page
        ("tick_all", {"colours": ["1", "1"]}),
        ("tick_all", {"colours": ["1", "7"]}),
        ("number_with_prefer_not", {"rating": ["12"]}),
        ("percent_pair", {"inside": ["50"], "outside": ["40"]}),
        ("percent_pair", {"inside": ["50"], "outside": [""]}),
        ("percent_pair", {"inside": [""], "outside": ["50"]}),
    ],
)
def test_a_form_that_does_not_fit_is_a_problem(name: str, data: dict[str, list[str]]) -> None:
    _, problems = parse_answers(tiny(name), "p01", data)
    assert len(problems) == 1


def test_the_percentages_are_asked_for_kindly() -> None:
    data = {"inside": ["50"], "outside": ["40"]}
    answers, (problem,) = parse_answers(tiny("percent_pair"), "p01", data)
    assert answers == {"inside": 50, "outside": 40}
    assert problem.item == "inside"
    assert problem.message == ("Please make the two numbers add up to 100. They add up to 90 now.")


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("routing_by_answer", {"asks": True}),
        ("routing_by_answer", {"asks": "1"}),
        ("routing_by_answer", {"asks": 1.0}),
        ("routing_by_answer", {"asks": [1]}),
        ("routing_by_answer", {"asks": {"1": 1}}),
        ("routing_by_answer", {"ghost": 1}),
        ("routing_by_answer", {"asks\0": 1}),
        ("routing_by_answer", ["asks"]),
        ("routing_by_answer", None),
        ("tick_all", {"colours": 1}),
        ("tick_all", {"colours": [True]}),
        ("tick_all", {"colours": [1, 1]}),
        ("tick_all", {"colours": [[1]]}),
        ("tick_all", {"colours": [1] * 100_000}),
        ("percent_pair", {"inside": 60, "outside": 60}),
        ("percent_pair", {"inside": 100}),
    ],
)
def test_json_that_does_not_fit_is_a_problem(name: str, answers: object) -> None:
    assert len(check_answers(tiny(name), "p01", answers)) == 1


def test_an_unknown_page_is_a_problem() -> None:
    questionnaire = tiny("tick_all")
    assert check_answers(questionnaire, "p99", {})[0].message == "There is no such page."
    assert parse_answers(questionnaire, "p99", {})[1][0].message == "There is no such page."


def test_none_and_an_empty_list_are_skips() -> None:
    assert check_answers(tiny("tick_all"), "p01", {"colours": None}) == ()
    assert check_answers(tiny("tick_all"), "p01", {"colours": []}) == ()


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@given(
    answers=st.dictionaries(st.sampled_from(["colours", "x", "\0"]), _ANYTHING, max_size=3)
    | _ANYTHING
)
def test_hostile_json_never_raises_and_what_passes_fits(answers: Any) -> None:
    if check_answers(tiny("tick_all"), "p01", answers) == ():
        assert set(answers) <= {"colours"}
        given_codes = answers.get("colours") or []
        assert all(type(code) is int and code in (1, 2, 3, 9) for code in given_codes)


@given(data=st.dictionaries(st.sampled_from(["inside", "outside"]), st.lists(st.text(max_size=6))))
def test_hostile_forms_never_raise_and_answers_are_valid(data: dict[str, list[str]]) -> None:
    answers, problems = parse_answers(tiny("percent_pair"), "p01", data)
    if not problems:
        assert answers == {} or sum(answers.values()) == 100  # type: ignore[arg-type]


# The core ------------------------------------------------------------------------------------


def test_the_core_is_as_long_as_it_may_be(core: Questionnaire) -> None:
    published = {key for key, item in core.items.items() if not item.filler}
    assert 110 <= len(published) <= 125
    assert 6 <= len(core.sections) <= 8
    assert all(len(page.items) <= 5 for page in core.pages)
    assert {theme.kind for theme in core.themes} == {"domain", "driver", "local", "about"}
    local = [topic for topic in core.topics if topic.theme == "local_topics"]
    assert len(local) == 6
    assert set(core.topic_of) == published


def test_the_core_has_the_headlines_that_are_published(core: Questionnaire) -> None:
    wanted = {
        "active_5_days": ("physical_days", [5, 6, 7]),
        "lonely_sometimes": ("lonely", [1, 2]),
        "bullied_4_times": ("bullied_times", [3, 4]),
        "discrimination_race": ("discrimination_race", [1, 2, 3]),
        "discrimination_disability": ("discrimination_disability", [1, 2, 3]),
        "feel_safe_local": ("local_safe", [1, 2]),
        "enough_sleep": ("sleep_enough", [1]),
    }
    found = {headline.key: headline for headline in core.headlines}
    for key, (item, codes) in wanted.items():
        headline = found[key]
        assert headline.items == (item,)
        assert not headline.sensitive
        kind = core.items[item].kind
        assert [code for code in kind.answer_codes() if headline.meets.met(code)] == codes


def test_harder_questions_stand_late_but_not_last_and_on_pages_of_their_own(
    core: Questionnaire,
) -> None:
    places = [n for n, item in enumerate(core.items.values()) if item.sensitive]
    assert min(places) > len(core.items) / 2
    assert max(places) < len(core.items) * 0.9
    assert all(page.sensitive for page in core.pages if any(i.sensitive for i in page.items))
    sensitive = {h.key for h in core.headlines if h.sensitive}
    assert {"vaping_regular", "crime_worried", "carer"} <= sensitive


def test_nothing_in_the_core_promises_anonymity() -> None:
    text = (SHIPPED / "core.json").read_text("utf-8").lower()
    assert "anonym" not in text


def test_every_published_scale_says_who_holds_it(core: Questionnaire) -> None:
    needed = {scale.key for scale in core.scales if scale.licence.permission_needed}
    assert {"wellbeing", "autonomy", "emotional", "behaviour"} <= needed
    assert all(scale.citation and scale.licence.terms for scale in core.scales)
    assert {scale.wording.status for scale in core.scales} == {"stand-in"}
