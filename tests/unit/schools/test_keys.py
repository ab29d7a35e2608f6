from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.core.management import CommandError, call_command

from schools import keys
from schools.models import AuditEntry


@pytest.fixture
def folder(tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty key folder, and no key in the environment."""
    settings.KEY_DIR = tmp_path / "keys"  # type: ignore[attr-defined]
    for name in keys.NAMES:
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "keys"


def test_missing_key_names_both_ways(folder: Path) -> None:
    with pytest.raises(keys.MissingKey) as caught:
        keys.read_key("LINK_KEY")
    assert "environment variable LINK_KEY" in str(caught.value)
    assert str(folder / "LINK_KEY") in str(caught.value)


def test_made_keys_are_read_back_and_private(folder: Path) -> None:
    made = keys.make_keys()
    assert set(made) == set(keys.NAMES)
    assert len({keys.read_key(name) for name in keys.NAMES}) == len(keys.NAMES)
    assert {path.stat().st_mode & 0o777 for path in made.values()} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700


def test_the_analysis_keys_are_a_pair(folder: Path) -> None:
    keys.make_keys()
    private = X25519PrivateKey.from_private_bytes(keys.read_key("ANALYSIS_PRIVATE_KEY"))
    assert private.public_key().public_bytes_raw() == keys.read_key("ANALYSIS_PUBLIC_KEY")


def test_nothing_is_overwritten(folder: Path) -> None:
    keys.make_keys()
    before = {name: keys.read_key(name) for name in keys.NAMES}
    keys.key_path("RELEASE_KEY").unlink()
    assert set(keys.make_keys()) == {"RELEASE_KEY"}
    assert {n: keys.read_key(n) for n in keys.NAMES if n != "RELEASE_KEY"} == {
        n: key for n, key in before.items() if n != "RELEASE_KEY"
    }


def test_half_a_pair_is_not_made_anew(folder: Path) -> None:
    keys.make_keys()
    keys.key_path("ANALYSIS_PRIVATE_KEY").unlink()
    assert keys.make_keys() == {}


def test_environment_goes_before_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys.make_keys()
    monkeypatch.setenv("LINK_KEY", "ab" * 32)
    assert keys.read_key("LINK_KEY") == b"\xab" * 32


@pytest.mark.parametrize("text", ["secret", "ab" * 31, "zz" * 32])
def test_a_key_that_is_no_key_is_not_repeated(
    folder: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("LINK_KEY", text)
    with pytest.raises(keys.BadKey) as caught:
        keys.read_key("LINK_KEY")
    assert text not in str(caught.value)


def test_a_file_open_to_others_is_refused(folder: Path) -> None:
    keys.make_keys()
    keys.key_path("LINK_KEY").chmod(0o640)
    with pytest.raises(keys.BadKey, match="0600"):
        keys.read_key("LINK_KEY")


def test_unknown_name(folder: Path) -> None:
    with pytest.raises(ValueError, match="not the name of a key"):
        keys.read_key("../LINK_KEY")


@pytest.mark.django_db
class TestDestroying:
    def test_it_asks(self, folder: Path) -> None:
        keys.make_keys()
        with pytest.raises(CommandError, match="--yes"):
            call_command("destroy_link_key")
        assert keys.read_key("LINK_KEY")

    def test_the_key_is_gone_and_the_log_says_so(self, folder: Path) -> None:
        keys.make_keys()
        call_command("destroy_link_key", "--yes")
        with pytest.raises(keys.MissingKey):
            keys.read_key("LINK_KEY")
        assert [entry.action for entry in AuditEntry.objects.all()] == ["link_key.destroyed"]

    def test_a_key_in_the_environment_is_not_called_destroyed(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        keys.make_keys()
        monkeypatch.setenv("LINK_KEY", "ab" * 32)
        with pytest.raises(CommandError, match="environment"):
            call_command("destroy_link_key", "--yes")
        assert not AuditEntry.objects.exists()
        assert keys.key_path("LINK_KEY").exists()
