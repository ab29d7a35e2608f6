"""The command that checks a questionnaire file; it needs no database."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from surveys.translations import translation_problems

ROOT = Path(__file__).parents[3]


def test_a_sound_file_is_summed_up() -> None:
    out = StringIO()
    call_command("check_questionnaire", ROOT / "surveys/questionnaires/core.json", stdout=out)
    assert "130 items on 49 pages in 8 parts" in out.getvalue()
    assert "19 scales, 38 topics in 11 themes, 51 headlines" in out.getvalue()


def test_faults_are_printed_with_their_place() -> None:
    err = StringIO()
    path = ROOT / "tests/questionnaires/fault_unreachable_page.json"
    with pytest.raises(CommandError, match="1 problem") as caught:
        call_command("check_questionnaire", path, stderr=err)
    assert caught.value.returncode == 1
    assert err.getvalue().strip() == "/pages/2: No pupil can ever reach this page."


def judged(name: str, *words: object) -> str:
    out = StringIO()
    call_command("check_questionnaire", ROOT / name, *words, stdout=out)
    return out.getvalue()


def test_every_item_is_told_with_its_reading_age() -> None:
    lines = judged("surveys/questionnaires/core-symbols.json").splitlines()
    assert sum(line.startswith("short_") for line in lines) == 10
    # 4 words, 4 syllables, 13 letters: 0.39*4 + 11.8*1 - 15.59 and 5.88*3.25 - 29.6/4 - 15.8, + 5
    assert "short_life                         4   2.8   0.9" in lines


@pytest.mark.parametrize("name", ["core", "core-symbols"])
def test_what_is_shipped_passes_the_strictest_check(name: str) -> None:
    printed = judged(f"surveys/questionnaires/{name}.json", "--strict")
    assert printed.endswith("0 finding(s) on reading age and page length\n")


def test_findings_are_told_and_fail_only_if_asked() -> None:
    name = "tests/questionnaires/routing_chain.json"
    assert "betrays an answer" in judged(name)
    with pytest.raises(CommandError, match="--strict was asked for"):
        judged(name, "--strict")


@pytest.mark.parametrize("language", ["cy", "ar"])
def test_a_language_file_is_checked_with_its_questionnaire(language: str, tmp_path: Path) -> None:
    base = "surveys/questionnaires/core.json"
    file = ROOT / f"surveys/questionnaires/core.{language}.json"
    assert "every word is there (draft" in judged(base, "--language-file", file)
    words = json.loads(file.read_text("utf-8"))
    del words["items"]["lonely"]
    broken = tmp_path / "broken.json"
    broken.write_text(json.dumps(words), "utf-8")
    err = StringIO()
    with pytest.raises(CommandError, match="1 problem"):
        call_command(
            "check_questionnaire", ROOT / base, "--language-file", broken, stdout=err, stderr=err
        )
    assert "/items/lonely/text: There is no word for" in err.getvalue()


def test_a_translator_gets_a_file_to_begin_with() -> None:
    base = ROOT / "surveys/questionnaires/core-symbols.json"
    blank = json.loads(judged(str(base), "--to-translate", "pl"))
    assert blank["items"]["short_life"] == {"text": "How is your life?"}
    assert translation_problems(json.loads(base.read_text("utf-8")), blank) == []


def test_an_absent_file_is_said_to_be_absent(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("check_questionnaire", tmp_path / "none.json")
