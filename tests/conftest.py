"""What every test gets: fresh keys of its own, and no other machine's settings."""

from pathlib import Path

import hypothesis
import pytest
from pytest_django import Settings

# The same examples each time, however slow the machine: a red test means that something changed.
hypothesis.settings.register_profile(
    "suite",
    derandomize=True,
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("suite")

SHARED_DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data"


@pytest.fixture(scope="session")
def key_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One set of keys for the whole run, in a folder that goes with it."""
    from django.test import override_settings

    from schools.keys import make_keys

    folder = tmp_path_factory.mktemp("keys")
    with override_settings(KEY_DIR=folder):
        make_keys()
    return folder


@pytest.fixture(autouse=True)
def keys(settings: Settings, key_dir: Path) -> Path:
    settings.KEY_DIR = key_dir
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    # Argon2 is slow on purpose; what it protects is not what these tests are about.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return key_dir


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real inputs that lie beside the project and are never part of it."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"real input is not here: {SHARED_DATA}")
    return SHARED_DATA
