"""Every setting is documented, and start-up is loud about nonsense."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAFE = {
    "DEBUG": "0",
    "SECRET_KEY": "x" * 60,
    "ALLOWED_HOSTS": "census.example",
    "CELERY_BROKER_URL": "redis://127.0.0.1/0",
    "KEY_DIR": "/etc/census-keys",
}


def start(tmp_path: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), **SAFE, **changes}
    return subprocess.run(
        [sys.executable, "-c", "import census.settings"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_every_variable_read_is_documented() -> None:
    source = (ROOT / "census/settings.py").read_text()
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', source))
    documented = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs/settings.md").read_text(), re.M))
    assert read
    assert read - documented == set()


def test_safe_production_settings_start(tmp_path: Path) -> None:
    done = start(tmp_path)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({"CELERY_BROKER_URL": ""}, "CELERY_BROKER_URL"),
        ({"CELERY_BROKER_URL": "amqp://somewhere"}, "CELERY_BROKER_URL"),
        ({"KEY_DIR": str(ROOT / "var/keys")}, "KEY_DIR"),
        ({"DATABASE_URL": "mysql://root@localhost/census"}, "DATABASE_URL"),
        ({"LEASE_SECONDS": "soon"}, "LEASE_SECONDS"),
        ({"DEBUG": "perhaps"}, "DEBUG"),
        ({"COUNCIL_COLOUR": "navy"}, "COUNCIL_COLOUR must be a colour such as #12436d"),
        ({"COUNCIL_COLOUR": "#f46a25"}, "COUNCIL_COLOUR must have a contrast of at least 4.5:1"),
        ({"COUNCIL_LINK_COLOUR": "#777777"}, "#777777 has 4.48:1"),
        ({"COUNCIL_LOGO": "/nowhere/logo.svg"}, "COUNCIL_LOGO: /nowhere/logo.svg cannot be read"),
    ],
)
def test_unsafe_settings_stop_the_start(
    tmp_path: Path, changes: dict[str, str], named: str
) -> None:
    done = start(tmp_path, **changes)
    assert done.returncode != 0
    assert named in done.stderr
