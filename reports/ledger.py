"""The ledger's keeping: which builds of a wave were ever public, and their sealed entries.

What an entry says, and how a new release is certified beside it, stands in
`reports/disclosure/ledger.py`.
"""

import hashlib
import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.db.models import Min

from reports.models import Build, LedgerEntry
from surveys.models import Wave

KEY_BYTES, NONCE_BYTES = 32, 12


class BrokenLedger(Exception):
    """An entry that has to be there is not, or does not open: nothing more can be certified."""


@dataclass(frozen=True)
class Held:
    """What had been public of a wave: input keys of the builds, and what their entries say.

    Both in the order of first publication.
    """

    marks: tuple[str, ...] = ()
    entries: tuple[bytes, ...] = ()


def ever_public(wave: Wave) -> list[Build]:
    """The builds of a wave that were ever published, in the order of first publication."""
    public = Build.objects.filter(wave=wave, publication_events__isnull=False)
    return list(public.annotate(first=Min("publication_events__pk")).order_by("first"))


def held(wave: Wave, key: bytes, *, before: Build | None = None) -> Held:
    """What a new build of a wave is certified beside; `before`: only what preceded that build.

    Raises `BrokenLedger` where an entry is missing or does not open.
    """
    builds = ever_public(wave)
    if before in builds:
        builds = builds[: builds.index(before)]
    marks = tuple(build.input_key for build in builds)
    return Held(marks, tuple(_open(build, key) for build in builds))


def entry(build: Build, key: bytes) -> bytes:
    """What one build's entry says. Raises `BrokenLedger`."""
    return _open(build, key)


def held_beside(build: Build, key: bytes) -> Held:
    """What a build was counted beside, as its own entry says. Raises `BrokenLedger`."""
    beside = set(build.ledger_entry.beside)
    builds = [each for each in ever_public(build.wave) if each.input_key in beside]
    marks = tuple(each.input_key for each in builds)
    return Held(marks, tuple(_open(each, key) for each in builds))


def same_input(build: Build, input_key: str) -> bool:
    """Is this the input from which the build was made, beside what was public then?"""
    return _beside(input_key, build.ledger_entry.beside) == build.input_key


def mark(wave: Wave, input_key: str) -> str:
    """What identifies a build: its own input, and what had been public before it.

    A build that was published already is found again by the same input, whatever was
    published after it.
    """
    public = [build.input_key for build in ever_public(wave)]
    marks = [_beside(input_key, public[:number]) for number in range(len(public) + 1)]
    again = (each for each, known in zip(marks, public, strict=False) if each == known)
    return next(again, marks[-1])


def store(build: Build, plain: bytes, *, beside: Held, key: bytes) -> LedgerEntry:
    """Seal and keep the entry of a build that has just been counted beside `beside`."""
    nonce = os.urandom(NONCE_BYTES)
    sealed = nonce + AESGCM(_derived(key)).encrypt(nonce, plain, _context(build))
    entry, _ = LedgerEntry.objects.update_or_create(
        build=build, defaults={"sealed": sealed, "beside": list(beside.marks)}
    )
    return entry


def may_follow(build: Build) -> bool:
    """May this build be published as far as the ledger goes?

    It may if it was public before, or if it was counted beside all that is public by now.
    """
    return build.pk in able_to_follow([build])


def able_to_follow(builds: Iterable[Build]) -> set[UUID]:
    """The ids of those that may be published as far as the ledger goes: two queries for all."""
    asked = {build.pk: build.wave_id for build in builds}
    public: dict[int, dict[UUID, str]] = defaultdict(dict)
    known = Build.objects.filter(wave__in=asked.values(), publication_events__isnull=False)
    in_order = known.annotate(first=Min("publication_events__pk")).order_by("first")
    for wave, pk, input_key in in_order.values_list("wave", "pk", "input_key"):
        public[wave][pk] = input_key
    entries = LedgerEntry.objects.filter(build__in=asked)
    beside = dict(entries.values_list("build", "beside"))
    return {
        pk
        for pk, wave in asked.items()
        if pk in public[wave] or beside.get(pk) == list(public[wave].values())
    }


def _open(build: Build, key: bytes) -> bytes:
    entry = LedgerEntry.objects.filter(build=build).first()
    if entry is None:
        raise BrokenLedger(f"The {build} was published, and its ledger entry is not there.")
    sealed = bytes(entry.sealed)
    try:
        return AESGCM(_derived(key)).decrypt(
            sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _context(build)
        )
    except (InvalidTag, ValueError) as problem:
        raise BrokenLedger(f"The ledger entry of the {build} does not open.") from problem


def _derived(key: bytes) -> bytes:
    """A key for this purpose alone: the release key also names persons and chooses donors."""
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=b"ledger").derive(key)


def _context(build: Build) -> bytes:
    return b"ledger " + build.pk.bytes


def _beside(input_key: str, public: Sequence[str]) -> str:
    if not public:
        return input_key
    return hashlib.sha256("\n".join((input_key, *public)).encode()).hexdigest()
