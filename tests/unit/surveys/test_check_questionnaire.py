"""The command that checks a questionnaire file; it needs no database."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

ROOT = Path(__file__).parents[3]


def test_a_sound_file_is_summed_up() -> None:
    out = StringIO()
    call_command("check_questionnaire", ROOT / "surveys/questionnaires/core.json", stdout=out)
    assert "124 items on 49 pages in 8 parts" in out.getvalue()
    assert "19 scales, 38 topics in 11 themes, 51 headlines" in out.getvalue()


def test_faults_are_printed_with_their_place() -> None:
    err = StringIO()
    path = ROOT / "tests/questionnaires/fault_unreachable_page.json"
    with pytest.raises(CommandError, match="1 problem") as caught:
        call_command("check_questionnaire", path, stderr=err)
    assert caught.value.returncode == 1
    assert err.getvalue().strip() == "/pages/2: No pupil can ever reach this page."


def test_an_absent_file_is_said_to_be_absent(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("check_questionnaire", tmp_path / "none.json")
