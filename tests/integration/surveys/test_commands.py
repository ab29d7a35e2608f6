"""The commands of a wave: they parse, call and report, and say no in a sentence."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from schools.models import School
from surveys.actions.responses import take_seat
from surveys.codes import normalised
from surveys.models import Lesson, Link, QuestionnaireVersion, Response, Translation, Wave
from surveys.translations import to_translate
from tests.classroom import ANSWERS, DOCUMENT, Classroom

MAPPING: dict[str, Any] = {
    "questionnaire": "tiny",
    "version": "1",
    "format": "csv",
    "encoding": "utf-8",
    "record": "id",
    "items": {"happy": "Q1", "days": "Q2"},
    "demographics": {"school": "urn", "year_group": "year"},
}


# Two questions, each with a column of its own.
SHORT = DOCUMENT | {
    "pages": [{"key": "p01", "section": "Start", "items": ["happy", "days"]}],
    "items": [item for item in DOCUMENT["items"] if item["key"] in {"happy", "days"}],
    "topics": [DOCUMENT["topics"][0] | {"items": ["happy", "days"]}],
}


def run(*words: str) -> str:
    out = io.StringIO()
    call_command(*words, stdout=out, stderr=out)
    return out.getvalue()


@pytest.fixture
def questionnaire(tmp_path: Path) -> str:
    file = tmp_path / "tiny.json"
    file.write_text(json.dumps(DOCUMENT), encoding="utf-8")
    return str(file)


@pytest.fixture
def from_file(school_a: School, tmp_path: Path) -> None:
    """A draft wave of the short questionnaire, waiting for a file."""
    file = tmp_path / "short.json"
    file.write_text(json.dumps(SHORT), encoding="utf-8")
    run("adopt_questionnaire", str(file))
    set_up("--from-file")


def set_up(*more: str) -> str:
    return run(
        "set_up_wave", "spring", "--name", "Spring", "--authority", "E09000099",
        "--questionnaire", "tiny", "--years", "8", "10",
        "--opens", "2026-03-01", "--closes", "2026-07-01", *more,
    )  # fmt: skip


def test_a_wave_by_commands(school_a: School, questionnaire: str) -> None:
    assert "7 questions" in run("adopt_questionnaire", questionnaire, "--stand-in-wording")
    assert "1 schools" in set_up()
    run("open_wave", "spring")
    run("close_wave", "spring")
    assert "Linked to the roll" in run("link_wave", "spring")
    assert Wave.objects.get().state == Wave.State.LINKED


def test_a_wave_with_a_short_version_fields_both(
    school_a: School, questionnaire: str, tmp_path: Path
) -> None:
    short = tmp_path / "short.json"
    short.write_text(json.dumps(SHORT | {"key": "tiny-short"}), encoding="utf-8")
    run("adopt_questionnaire", questionnaire)
    run("adopt_questionnaire", str(short))
    set_up("--short", "tiny-short")
    run("open_wave", "spring")
    wave = Wave.objects.get()
    assert wave.asks("short").key == "tiny-short"
    assert wave.asks("full").key == "tiny"
    assert not QuestionnaireVersion.objects.filter(fielded_at=None).exists()


def test_a_short_version_needs_permission_for_its_scales_too(
    school_a: School, questionnaire: str, tmp_path: Path
) -> None:
    scale = {
        "key": "mood_score",
        "title": "Mood",
        "method": "sum",
        "parts": ["happy"],
        "direction": "higher_better",
        "range": [1, 2],
        "licence": {"holder": "Nobody", "terms": "Free", "permission_needed": False},
        "citation": "None",
    }
    short = tmp_path / "short.json"
    short.write_text(json.dumps(SHORT | {"key": "tiny-short", "scales": [scale]}), "utf-8")
    run("adopt_questionnaire", questionnaire)
    run("adopt_questionnaire", str(short))
    set_up("--short", "tiny-short")
    with pytest.raises(CommandError, match="mood_score"):
        run("open_wave", "spring")


def test_language_files_are_loaded_beside_their_questionnaire(
    school_a: School, questionnaire: str, tmp_path: Path
) -> None:
    files = [tmp_path / "tiny.cy.json", tmp_path / "tiny.ar.json"]
    for file in files:
        file.write_text(json.dumps(to_translate(DOCUMENT, file.suffixes[0][1:])), "utf-8")
    with pytest.raises(CommandError, match="adopt it first"):
        run("load_translation", str(files[0]))
    run("adopt_questionnaire", questionnaire)
    said = run("load_translation", *map(str, files))
    assert said.count("a machine's draft") == 2
    assert {t.language for t in Translation.objects.all()} == {"cy", "ar"}


def test_of_several_language_files_all_fit_or_none_is_loaded(
    school_a: School, questionnaire: str, tmp_path: Path
) -> None:
    run("adopt_questionnaire", questionnaire)
    sound, broken = tmp_path / "sound.json", tmp_path / "broken.json"
    sound.write_text(json.dumps(to_translate(DOCUMENT, "cy")), "utf-8")
    broken.write_text(json.dumps(to_translate(DOCUMENT, "ar") | {"title": ""}), "utf-8")
    with pytest.raises(CommandError, match=r"broken\.json\n/title: This must not be empty"):
        run("load_translation", str(sound), str(broken))
    assert not Translation.objects.exists()


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["open_wave", "autumn"], "no wave called 'autumn'"),
        (["open_wave", "spring"], "only a draft"),
        (["link_wave", "spring"], "Close the wave"),
        (["adopt_questionnaire", "nowhere.json"], "cannot be opened"),
        (["print_slips", "nonsense", "x.pdf", "--address", "x"], "no such lesson"),
    ],
)
def test_refusals_are_sentences(classroom: Classroom, words: list[str], reason: str) -> None:
    with pytest.raises(CommandError, match=reason):
        run(*words)


@pytest.mark.django_db
def test_a_broken_questionnaire_is_not_adopted(tmp_path: Path) -> None:
    file = tmp_path / "broken.json"
    for text in ("{", json.dumps(DOCUMENT | {"pages": []})):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(CommandError):
            run("adopt_questionnaire", str(file))
    assert not QuestionnaireVersion.objects.exists()


def test_a_school_nobody_knows(school_a: School, questionnaire: str) -> None:
    run("adopt_questionnaire", questionnaire)
    with pytest.raises(CommandError, match="999999"):
        set_up("--schools", "100001", "999999")
    assert not Wave.objects.exists()


def test_slips_to_a_file(classroom: Classroom, tmp_path: Path) -> None:
    from pypdf import PdfReader

    out = tmp_path / "slips.pdf"
    lesson = Lesson.objects.get()
    told = run("print_slips", str(lesson.pk), str(out), "--address", "https://census.example/")
    assert "4 slips" in told
    lines = PdfReader(out).pages[0].extract_text().splitlines()
    codes = [normalised(line) for line in lines if normalised(line)]
    assert len(codes) == 4
    assert "Go to census.example/go/" in lines
    take_seat(code=codes[0])


def test_overdue_lessons(classroom: Classroom) -> None:
    classroom.answer(0, ANSWERS)
    assert "Closed: 0" in run("close_overdue_lessons")


def collected(tmp_path: Path, rows: str, mapping: dict[str, Any] = MAPPING) -> list[str]:
    (tmp_path / "rows.csv").write_text(f"id,Q1,Q2,urn,year\n{rows}", encoding="utf-8")
    (tmp_path / "mapping.json").write_text(json.dumps(mapping), encoding="utf-8")
    files = [str(tmp_path / "rows.csv"), "--mapping", str(tmp_path / "mapping.json")]
    return ["import_responses", *files, "--wave", "spring"]


def test_responses_of_another_tool(school_a: School, from_file: None, tmp_path: Path) -> None:
    words = collected(tmp_path, "a,1,3,100001,8\nb,2,,100001,10\n")
    assert "2 rows read" in run(*words, "--dry-run")
    assert not Response.objects.exists()
    assert "Stored: 2" in run(*words)
    assert Link.objects.filter(outcome="linked", school=school_a).count() == 2


@pytest.mark.parametrize(
    ("rows", "mapping", "reason"),
    [
        ("a,7,3,100001,8\nb,1,1,100001,8\n", MAPPING, "1 problem"),
        ("a,1,3,100001,8\na,1,1,100001,8\n", MAPPING, "problem"),
        ("a,1,3,999999,8\n", MAPPING, "999999"),
        ("a,1,3,100001,8\n", MAPPING | {"items": {"happy": "Q9", "days": "Q2"}}, "Q9"),
        ("a,1,3,100001,8\n", {"questionnaire": "tiny"}, "version"),
    ],
)
def test_a_bad_file_or_mapping_stores_nothing(
    from_file: None, tmp_path: Path, rows: str, mapping: dict[str, Any], reason: str
) -> None:
    with pytest.raises(CommandError, match=reason):
        run(*collected(tmp_path, rows, mapping))
    assert not Response.objects.exists()
    assert Wave.objects.get().state == Wave.State.DRAFT
