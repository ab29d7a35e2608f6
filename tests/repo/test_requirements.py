"""Every dependency is pinned exactly and says what it is for; no GPL or AGPL at run time."""

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINE = re.compile(r"^(?P<name>[A-Za-z0-9_-]+)(\[[a-z,]+\])?==\S+\s+# \S.+")


def lines(file: str) -> list[str]:
    text = (ROOT / file).read_text().splitlines()
    return [line for line in text if line and not line.startswith(("#", "-r"))]


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_each_line_is_pinned_and_explained(file: str) -> None:
    assert [line for line in lines(file) if not LINE.match(line)] == []


def test_no_gpl_at_run_time() -> None:
    found = []
    for line in lines("requirements.txt"):
        matched = LINE.match(line)
        assert matched
        name = matched["name"]
        try:
            about = metadata(name)
        except PackageNotFoundError:
            pytest.fail(f"{name} is pinned but not installed")
        words = [about.get("License-Expression") or "", *about.get_all("Classifier", [])]
        # The Lesser GPL leaves a program that only uses the library alone.
        if any(re.search(r"(?<!L)GPL|(?<!Lesser )General Public License", word) for word in words):
            found.append(name)
    assert found == []
