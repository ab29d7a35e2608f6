"""The pure rooms import without Django."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PURE = (
    "reports/stats",
    "reports/disclosure",
    "reports/charts",
    "reports/columns.py",
    "reports/external",
    "reports/registers",
    "reports/open_data",
    "reports/words",
    "reports/workbook.py",
    "surveys/definition",
    "surveys/navigation.py",
    "surveys/scoring",
    "surveys/sealing.py",
    "surveys/codes.py",
    "surveys/linkage.py",
    "surveys/coding.py",
    "surveys/signs.py",
    "surveys/quality.py",
    "surveys/wording.py",
    "surveys/translations.py",
    "surveys/spoken.py",
    "surveys/rendering.py",
    "surveys/collected",
    "schools/roll",
)

# Runs in a fresh interpreter where importing Django is an error.
PROBE = """
import importlib, sys
class NoDjango:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"django", "rest_framework", "celery"}:
            raise ImportError(f"{name} was imported")
        # The project package wires Celery up; nothing pure may need it either.
        if name == "census":
            raise ImportError("census was imported")
sys.meta_path.insert(0, NoDjango())
for name in sys.argv[1:]:
    importlib.import_module(name)
"""


def modules(root: Path, place: str) -> list[str]:
    path = root / place
    files = sorted(path.rglob("*.py")) if path.is_dir() else [path]
    assert all(file.exists() for file in files), f"{place} is not there"
    return [
        ".".join(file.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
        for file in files
    ]


def probe(root: Path, names: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PROBE, *names], cwd=root, capture_output=True, text=True, check=False
    )


def test_pure_rooms_import_without_django() -> None:
    names = [name for place in PURE for name in modules(ROOT, place)]
    done = probe(ROOT, names)
    assert done.returncode == 0, done.stderr


def test_a_planted_django_import_is_found(tmp_path: Path) -> None:
    (tmp_path / "planted.py").write_text("from django.db import models\n")
    done = probe(tmp_path, ["planted"])
    assert done.returncode != 0
    assert "django was imported" in done.stderr
