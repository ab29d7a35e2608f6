"""Imports run downwards only, and `reports` enters `surveys` by its door."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LAYERS = ("schools", "surveys", "reports", "census")  # from the bottom up
DOOR = {"surveys.frames", "surveys.models", "surveys.refusal"}
# What may be taken from surveys.models: the wave, never a response or a sealed page.
DOOR_MODELS = {"Wave"}


def imports(source: str) -> Iterator[tuple[str, str]]:
    """(module, name) of every import, wherever it stands."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield from ((node.module, alias.name) for alias in node.names)


def faults(root: Path) -> list[str]:
    found = []
    for layer in LAYERS:
        for file in sorted((root / layer).rglob("*.py")):
            if "migrations" in file.parts:
                continue
            for module, name in imports(file.read_text()):
                wrong = fault(layer, module, name)
                if wrong:
                    found.append(f"{file.relative_to(root)}: {wrong}")
    return found


def fault(layer: str, module: str, name: str) -> str | None:
    top = module.split(".", maxsplit=1)[0]
    if top in LAYERS and LAYERS.index(top) > LAYERS.index(layer):
        return f"{layer} imports {module}, which lies above it"
    if layer == "reports" and top == "surveys":
        if module not in DOOR:
            return f"{module} is not the door"
        if module == "surveys.models" and name not in DOOR_MODELS:
            return f"{name} does not pass the door"
    return None


def test_imports_run_downwards() -> None:
    assert faults(ROOT) == []


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("schools/planted.py", "from surveys.models import Wave"),
        ("surveys/planted.py", "import reports.pipeline"),
        ("reports/deep/planted.py", "from census import settings"),
        ("reports/planted.py", "from surveys.sealing import open_answers"),
        ("reports/planted.py", "def f():\n    from surveys.models import Response"),
    ],
)
def test_a_planted_upward_import_is_found(tmp_path: Path, place: str, line: str) -> None:
    file = tmp_path / place
    file.parent.mkdir(parents=True)
    file.write_text(line)
    assert len(faults(tmp_path)) == 1
