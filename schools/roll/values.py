"""One cell -> one value. Each reader raises ValueError with a reason that holds no cell."""

import re
from typing import TypeVar

from stdnum.exceptions import InvalidChecksum, InvalidComponent, InvalidLength, ValidationError
from stdnum.gb import upn as upn_rules

Value = TypeVar("Value")

# Councils formed since the library's list: Dorset; Bournemouth, Christchurch and Poole;
# North and West Northamptonshire; Cumberland; Westmorland and Furness.
NEWER_COUNCILS = frozenset({"838", "839", "940", "941", "942", "943"})
YEAR = re.compile(r"(?:year|yr|y)?\s*0*(\d{1,2})(?:\.0+)?", re.IGNORECASE)
OTHER_YEARS = frozenset({"r", "reception", "n", "n1", "n2", "e1", "e2", "x"})
AREA = re.compile(r"[EWSN]\d{8}")

SEXES = {"": "", "m": "M", "male": "M", "f": "F", "female": "F"} | dict.fromkeys(
    ("u", "x", "o", "other"), "X"
)
YES_NO: dict[str, bool | None] = {"": None} | dict.fromkeys(
    ("y", "yes", "1", "t", "true", "1.0", "fsm"), True
)
YES_NO |= dict.fromkeys(("n", "no", "0", "f", "false", "0.0"), False)
SEN = {"": ""} | dict.fromkeys(("n", "none", "no sen", "no"), "none")
# A and P (action, action plus) and S (statement) are the codes from before 2014.
SEN |= dict.fromkeys(("k", "sen support", "support", "a", "p"), "support")
SEN |= dict.fromkeys(("e", "ehc", "ehcp", "ehc plan", "plan", "s"), "plan")
# First letter of the school census code; Chinese stands with Asian as in the 2021 Census.
ETHNIC_GROUPS = {"w": "white", "m": "mixed", "a": "asian", "c": "asian", "b": "black", "o": "other"}
NO_ETHNICITY = frozenset({"", "refu", "nobt"})


def read_upn(cell: str) -> str:
    """The normalised UPN, its check letter and council number tested."""
    if not cell:
        raise ValueError("is empty")
    try:
        return upn_rules.validate(cell)
    except InvalidComponent:
        return _newer_upn(upn_rules.compact(cell))
    except InvalidLength:
        raise ValueError("does not have 13 characters") from None
    except InvalidChecksum:
        raise ValueError("has a check letter that does not fit its digits") from None
    except ValidationError:
        raise ValueError("is not a letter followed by 12 digits") from None


def _newer_upn(number: str) -> str:
    if number[1:4] not in NEWER_COUNCILS:
        raise ValueError("does not begin with the number of a council")
    if upn_rules.calc_check_digit(number[1:]) != number[0]:
        raise ValueError("has a check letter that does not fit its digits")
    return number


def is_temporary(upn: str) -> bool:
    """Whether a valid UPN is a temporary one: its last place is a letter."""
    return upn[-1].isalpha()


def read_year(cell: str) -> int | None:
    """A year from 0 to 14; None for a year outside these that schools do have (reception…)."""
    if cell.casefold() in OTHER_YEARS:
        return None
    match = YEAR.fullmatch(cell)
    if not match or int(match[1]) > 14:
        raise ValueError("is empty" if not cell else "is not a year group")
    return int(match[1])


def read_sex(cell: str) -> str:
    return _looked_up(SEXES, cell, "is none of M, F, U")


def read_fsm(cell: str) -> bool | None:
    return _looked_up(YES_NO, cell, "is neither yes nor no")


def read_sen(cell: str) -> str:
    return _looked_up(SEN, cell, "is none of N, K, E")


def read_area(cell: str) -> str:
    """The code of an area as written in official lists, or "" when the cell is empty."""
    code = cell.upper()
    if code and not AREA.fullmatch(code):
        raise ValueError("is not the code of an area (a letter and 8 digits)")
    return code


def read_ethnicity(cell: str) -> str:
    """A broad group, or "" for refused, not obtained, empty or a code not understood."""
    code = cell.casefold()
    return "" if code in NO_ETHNICITY else ETHNIC_GROUPS.get(code[0], "")


def read_class(cell: str) -> str:
    return cell[:50]


def digits(cell: str) -> str:
    """The digits of a number whatever a spreadsheet did to it: "0311" and "311.0" are "311"."""
    number = re.fullmatch(r"0*([0-9]+)(?:\.0+)?", cell)
    return number[1] if number else ""


def _looked_up(table: dict[str, Value], cell: str, reason: str) -> Value:
    try:
        return table[cell.casefold()]
    except KeyError:
        raise ValueError(reason) from None
