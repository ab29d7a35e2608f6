"""The audit chain: every way of tampering with one entry is found."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import F

from schools.audit import record, verify
from schools.models import AuditEntry, AuditHead, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain() -> User:
    """Five entries by one user."""
    user = User.objects.create_user("somebody@example.org", name="Somebody")
    for number in range(1, 6):
        details = {"count": number, "nested": {"b": [1, None], "a": "é"}, "day": user.joined_at}
        record(by=user if number % 2 else None, action="tried", subject="x", details=details)
    return user


def test_a_whole_chain(chain: User) -> None:
    found = verify()
    assert (found.entries, found.breaks) == (5, ())
    assert found.head == AuditEntry.objects.get(number=5).hash
    call_command("verify_audit")


def test_an_empty_log_is_whole() -> None:
    assert verify().breaks == ()


@pytest.mark.parametrize(
    "change",
    [
        {"action": "other"},
        {"subject": "y"},
        {"details": {"count": 4}},
        {"by": None},
        {"at": F("at") + timedelta(microseconds=1)},
        {"hash": "0" * 64},
        {"previous_hash": "0" * 64},
    ],
)
@pytest.mark.parametrize("number", [1, 3, 5])
def test_a_changed_entry(chain: User, number: int, change: dict[str, object]) -> None:
    AuditEntry.objects.filter(number=number).update(**change)
    assert any(str(number) in sentence for sentence in verify().breaks)
    with pytest.raises(CommandError, match="not whole"):
        call_command("verify_audit")


@pytest.mark.parametrize("number", [1, 3, 5])
def test_a_removed_entry(chain: User, number: int) -> None:
    AuditEntry.objects.filter(number=number).delete()
    assert verify().breaks


def test_all_removed(chain: User) -> None:
    AuditEntry.objects.all().delete()
    assert verify().breaks == ("The head speaks of 5 entries; 0 follow on.",)


def test_a_removed_head(chain: User) -> None:
    AuditHead.objects.all().delete()
    assert verify().breaks


def test_an_undone_action_leaves_no_entry_and_no_gap(chain: User) -> None:
    with transaction.atomic():
        record(by=None, action="undone")
        transaction.set_rollback(True)
    record(by=None, action="done")
    assert verify().entries == 6
    assert verify().breaks == ()


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_it_is_refused() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        record(by=None, action="tried")


def test_what_json_cannot_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        record(by=None, action="tried", details={"mean": float("nan")})


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_many_writers_at_once_make_one_chain() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("DATABASE_URL names no PostgreSQL: SQLite has one writer at a time anyway")

    def write(writer: int) -> None:
        for number in range(10):
            with transaction.atomic():
                record(by=None, action="tried", subject=f"{writer}.{number}")
        connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    assert verify().entries == 80
    assert verify().breaks == ()
