"""Whoever steals the database with the web server's secrets reads no answer.

The thief has every byte of the database, CODE_PEPPER and SECRET_KEY and all other keys of the
machine but the analysis private key, and no slip. In real bytes: the file of SQLite, pg_dump.
"""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from schools.keys import NAMES, read_key
from surveys.actions.lessons import close_lesson
from surveys.actions.responses import PageSave, Seat, save_pages
from surveys.models import Response, SealedPage
from surveys.sealing import SealError, open_answers, resume_key, unwrap_for_analysis
from surveys.sealing import unwrap_for_resume as unwrap
from tests.classroom import Classroom
from tests.integration.surveys.test_two_writers import classroom, shared

__all__ = ["classroom", "shared"]

# Long enough to be found by chance nowhere else.
ANSWERS = {"device": "tablet", "language": "cy", "seconds": {"p01": 31_337, "p05": 27_182}}


def dump() -> bytes:
    """Everything that lies on the disk for this database."""
    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"])
        return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    program = shutil.which("pg_dump")
    if program is None:
        pytest.skip("no pg_dump here")
    own = connection.settings_dict
    address = f"postgres://{own['USER']}@{own['HOST']}:{own['PORT']}/{own['NAME']}"
    return subprocess.run([program, address], capture_output=True, check=True).stdout


def as_dumped(content: bytes) -> bytes:
    """How a binary value stands in the dump."""
    return content if connection.vendor == "sqlite" else b"\\x" + content.hex().encode()


def stolen_keys(seat: Seat) -> Iterator[bytes]:
    """Every key of the machine but one, and what can be made of them without the code."""
    secrets = [read_key(name) for name in NAMES if name != "ANALYSIS_PRIVATE_KEY"]
    secrets += [settings.SECRET_KEY.encode()[:32].ljust(32), bytes(32)]
    context = seat.response.hex
    for secret in secrets:
        yield secret
        yield from (resume_key(guess, secret, context=context) for guess in ("", context))


@pytest.fixture
def answered(classroom: Classroom) -> Seat:
    seat = classroom.seat()
    pages = [PageSave("p01", 1, {"happy": 1}), PageSave("about", 2, ANSWERS)]
    save_pages(seat=seat, pages=pages)
    return seat


def test_the_dump_holds_no_answer_no_code_and_no_key(answered: Seat, classroom: Classroom) -> None:
    content = dump()
    assert as_dumped(bytes(SealedPage.objects.get(page="about").sealed)) in content  # it is a dump
    # Long enough that no random key holds them by chance; as text, and as bytes are dumped.
    for hidden in (b"tablet", b'"p01":31337', b"31337,", classroom.slips[0].code.encode()):
        assert hidden not in content
        assert hidden.hex().encode() not in content
    for key in (answered.key, read_key("CODE_PEPPER"), read_key("ANALYSIS_PRIVATE_KEY")):
        assert as_dumped(key)[2:] not in content


def test_no_stolen_key_opens_anything(answered: Seat) -> None:
    response = Response.objects.get()
    context = response.pk.hex
    page = SealedPage.objects.get(page="p01")
    for key in stolen_keys(answered):
        for open_with in (
            lambda k: unwrap(k, bytes(response.resume_wrap), context=context),
            lambda k: unwrap_for_analysis(k, bytes(response.analysis_wrap), context=context),
            lambda k: open_answers(k, bytes(page.sealed), context=page.context),
        ):
            with pytest.raises(SealError):
                open_with(key)


def test_closing_takes_the_second_key_out_of_the_bytes_themselves(
    answered: Seat, classroom: Classroom
) -> None:
    for number in range(1, len(classroom.slips)):
        classroom.seat(number)
    kept = [as_dumped(bytes(response.resume_wrap)) for response in Response.objects.all()]
    before = dump()
    assert [wrap in before for wrap in kept] == [True] * len(classroom.slips)
    close_lesson(lesson=classroom.lesson, by=None)
    after = dump()
    assert [wrap in after for wrap in kept] == [False] * len(classroom.slips)
