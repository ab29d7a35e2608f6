"""The coded answers of a school: from a sealed snapshot where there is one, else opened.

Opening costs far more than counting, so a build opens each school once, several workers side
by side, and keeps its codes as one sealed block. A block is sealed with a random key that is
wrapped for the analysis like that of any response: whoever cannot open the answers cannot open
the block, and it ends with the same key. Codes of fixed width, not packed: the length tells
the number of responses and nothing of the answers.
"""

import hashlib
from io import BytesIO
from typing import TYPE_CHECKING

from django.db.models import Count, FilteredRelation, Q, Sum

from surveys.coding import coded_frame
from surveys.definition import columns
from surveys.models import CodedSchool, Edition, Wave
from surveys.opening import linked, open_linked, year_asked
from surveys.sealing import AnalysisKey, new_data_key, seal, unseal, wrap_for_analysis
from surveys.signs import PAGE as ABOUT

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

# Raised by hand when the same answers would now be coded in another way.
CODING = 1


def keep_codes(wave: Wave, *, school: str, private_key: bytes, edition: str = Edition.FULL) -> None:
    """Open and code a school's responses, unless that was done, and keep the codes sealed."""
    mark = _mark(wave, school, edition)
    if CodedSchool.objects.filter(wave=wave, edition=edition, school=school, mark=mark).exists():
        return
    public, data_key = AnalysisKey(private_key).public, new_data_key()
    block = pack(_opened_now(wave, school, edition, private_key))
    CodedSchool.objects.update_or_create(
        wave=wave,
        edition=edition,
        school=school,
        defaults={
            "mark": mark,
            "wrap": wrap_for_analysis(public, data_key, context=mark),
            "sealed": seal(data_key, block, context=mark),
        },
    )


def school_codes(wave: Wave, *, school: str, edition: str, private_key: bytes) -> "pd.DataFrame":
    """int16 codes, a row a linked response in the order of person.

    Raises `SealError` with a wrong key.
    """
    mark = _mark(wave, school, edition)
    kept = CodedSchool.objects.filter(wave=wave, edition=edition, school=school, mark=mark).first()
    if kept is None:
        return _opened_now(wave, school, edition, private_key)
    data_key = AnalysisKey(private_key).unwrap(bytes(kept.wrap), context=mark)
    names = [column.key for column in columns(wave.asks(edition).definition)]
    return unpack(unseal(data_key, bytes(kept.sealed), context=mark), names)


def forget_codes(wave: Wave) -> None:
    """Destroy every block of a wave: whom they hold is being decided anew."""
    CodedSchool.objects.filter(wave=wave).delete()


def _opened_now(wave: Wave, school: str, edition: str, private_key: bytes) -> "pd.DataFrame":
    opened = open_linked(linked(wave, school, edition), private_key)
    return coded_frame(wave.asks(edition).definition, [each.sheet for each in opened])


def _mark(wave: Wave, school: str, edition: str) -> str:
    """Identifies what a block is made from: the questions, the responses, the state of each.

    A save's number only grows, so no two states of a response have as many pages and as large a
    sum of numbers.
    """
    head = (CODING, wave.key, edition, school, wave.asks(edition).fingerprint)
    mark = hashlib.sha256(repr(head).encode())
    pages = FilteredRelation("response__pages", condition=~Q(response__pages__page=ABOUT))
    rows = linked(wave, school, edition).annotate(
        answered=pages, pages=Count("answered__page"), saves=Sum("answered__seq")
    )
    for person, response, code, lesson, roll, *state in rows.values_list(
        "person", "response_id", "response__code_id", "response__code__lesson__year_group",
        "year_group", "pages", "saves",
    ):  # fmt: skip
        row = (person, response.hex, code is None, year_asked(lesson, roll), *state)
        mark.update(repr(row).encode())
    return mark.hexdigest()


def pack(codes: "pd.DataFrame") -> bytes:
    """A table of int16 codes as bytes, column by column, as it is counted."""
    import numpy as np

    block = BytesIO()
    np.save(block, codes.to_numpy("<i2").T, allow_pickle=False)
    return block.getvalue()


def unpack(block: bytes, names: "Sequence[str]") -> "pd.DataFrame":
    """The inverse of `pack`. Raises `ValueError` where there are not as many columns as names."""
    import numpy as np
    import pandas as pd

    table = np.load(BytesIO(block), allow_pickle=False)
    return pd.DataFrame(table.T, columns=list(names), copy=False)
