"""The ledger's keeping: what counts as public, under which key, and in which order."""

import pytest

from reports import ledger
from reports.models import Build, PublicationEvent
from tests import released

KEY, OTHER = bytes(32), bytes([1] * 32)


def build(wave_of: Build, name: str, plain: bytes = b"who was where") -> Build:
    mark = ledger.mark(wave_of.wave, name * 64)
    made = Build.objects.create(wave=wave_of.wave, input_key=mark, state=Build.State.COMPLETE)
    ledger.store(made, plain, beside=ledger.held(wave_of.wave, KEY), key=KEY)
    return made


def publish(found: Build) -> None:
    PublicationEvent.objects.create(wave=found.wave, build=found, note="Public.")


@pytest.fixture
def stored(db: None) -> Build:
    return released.store()


def test_entries_count_from_the_first_publication_on_and_for_ever(stored: Build) -> None:
    one, two = build(stored, "a", b"one"), build(stored, "b", b"two")
    assert ledger.held(stored.wave, KEY) == ledger.Held()
    publish(two)
    publish(one)
    publish(two)
    found = ledger.held(stored.wave, KEY)
    assert found.entries == (b"two", b"one")
    assert found.marks == (two.input_key, one.input_key)


def test_only_what_preceded_a_build(stored: Build) -> None:
    one, two = build(stored, "a", b"one"), build(stored, "b", b"two")
    publish(one)
    publish(two)
    assert ledger.held(stored.wave, KEY, before=one).entries == ()
    assert ledger.held(stored.wave, KEY, before=two).entries == (b"one",)
    assert ledger.held(stored.wave, KEY, before=stored).entries == (b"one", b"two")


def test_an_entry_is_sealed(stored: Build) -> None:
    sealed = bytes(build(stored, "a").ledger_entry.sealed)
    assert b"who was where" not in sealed
    assert bytes(build(stored, "b").ledger_entry.sealed)[12:] != sealed[12:]


def test_it_opens_with_its_own_key_only(stored: Build) -> None:
    publish(build(stored, "a"))
    with pytest.raises(ledger.BrokenLedger, match="does not open"):
        ledger.held(stored.wave, OTHER)


@pytest.mark.parametrize("change", [0, 20, -1])
def test_a_changed_byte_is_found(stored: Build, change: int) -> None:
    entry = build(stored, "a").ledger_entry
    changed = bytearray(entry.sealed)
    changed[change] ^= 1
    entry.sealed = bytes(changed)
    entry.save()
    publish(entry.build)
    with pytest.raises(ledger.BrokenLedger, match="does not open"):
        ledger.held(stored.wave, KEY)


def test_another_builds_entry_does_not_stand_in(stored: Build) -> None:
    one, two = build(stored, "a"), build(stored, "b")
    one.ledger_entry.sealed = two.ledger_entry.sealed
    one.ledger_entry.save()
    publish(one)
    with pytest.raises(ledger.BrokenLedger, match="does not open"):
        ledger.held(stored.wave, KEY)


def test_a_published_build_without_an_entry_stops_everything(stored: Build) -> None:
    publish(stored)
    with pytest.raises(ledger.BrokenLedger, match="is not there"):
        ledger.held(stored.wave, KEY)


def test_the_mark_tells_what_had_been_public(stored: Build) -> None:
    wave, first = stored.wave, build(stored, "a")
    publish(first)
    second = build(stored, "b")
    assert second.input_key != "b" * 64
    publish(second)
    # What was published is found by its own input, whatever came after it.
    assert ledger.mark(wave, "a" * 64) == first.input_key == "a" * 64
    assert ledger.mark(wave, "b" * 64) == second.input_key
    assert ledger.mark(wave, "c" * 64) not in {"c" * 64, second.input_key}
