"""An engine outside of this program: told what to say, and loud when it cannot."""

import sys
from pathlib import Path

import pytest

from surveys.rendering import Engine, EngineFailed

ENGINE = """
import sys
language, out = sys.argv[1:3]
text = sys.stdin.buffer.read().decode()
if text == "break":
    sys.exit("no such voice")
if text != "silence":
    open(out, "w", encoding="utf-8").write(f"{language}: {text}")
"""


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    script = tmp_path / "an engine.py"
    script.write_text(ENGINE)
    return Engine(f"{sys.executable} '{script}' {{language}} {{out}}")


def test_text_goes_in_and_sound_comes_out(engine: Engine) -> None:
    assert engine.say("Wyt ti’n hapus? $(rm x); {out}", "cy").decode() == (
        "cy: Wyt ti’n hapus? $(rm x); {out}"
    )


@pytest.mark.parametrize(
    ("text", "said"), [("break", "no such voice"), ("silence", "made no sound for cy")]
)
def test_a_failure_says_why(engine: Engine, text: str, said: str) -> None:
    with pytest.raises(EngineFailed, match=said):
        engine.say(text, "cy")


@pytest.mark.parametrize(
    ("command", "said"),
    [("no-such-engine-here {out}", "not installed"), ("cat", "must hold {out}")],
)
def test_an_engine_that_cannot_be_used(command: str, said: str) -> None:
    with pytest.raises(EngineFailed, match=said):
        Engine(command).say("Hello", "en-GB")


def test_the_known_engine_is_asked_for_language_and_file(tmp_path: Path) -> None:
    """A stand-in of its name, found by PATH as the real one would be."""
    stand_in = tmp_path / "espeak-ng"
    stand_in.write_text('#!/bin/sh\ncat > /dev/null\nfor last; do :; done\necho "$@" > "$last"\n')
    stand_in.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(tmp_path), prepend=":")
        said = Engine("espeak-ng").say("Helo", "cy").decode()
    assert "-v cy" in said
    assert "--stdin" in said
