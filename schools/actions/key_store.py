"""Ending linkability."""

from django.db import transaction

from schools import keys
from schools.audit import record
from schools.models import User


@transaction.atomic
def destroy_link_key(*, by: User | None) -> str:
    """Destroy the link key; the answer says where it was.

    From then on no UPN can be matched to a pupil. The entry is written first: if the key
    cannot be destroyed, the entry is undone; a key destroyed without an entry cannot be.
    Raises MissingKey or BadKey.
    """
    path = keys.key_path(keys.LINK_KEY)
    record(by=by, action="link_key.destroyed", subject=keys.LINK_KEY)
    keys.destroy_key(keys.LINK_KEY)
    return str(path)
