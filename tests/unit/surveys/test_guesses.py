"""Floods of wrong codes are stopped; a school behind the same address never is."""

from surveys.guesses import A_MINUTE, AT_ONCE, MOST, REMEMBERED, Guesses

HOME, SCHOOL = "198.51.100.7", "203.0.113.5"
ASH, BIRCH = 1, 2


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def exhausted(guesses: Guesses, address: str) -> int:
    """How many wrong codes an address may try at once."""
    return sum(guesses.admits(address, None) for _ in range(3 * AT_ONCE))


def test_failed_codes_are_limited_and_come_back_by_the_minute() -> None:
    clock = Clock()
    guesses = Guesses(clock)
    assert exhausted(guesses, HOME) == AT_ONCE
    clock.now += 60
    assert exhausted(guesses, HOME) == A_MINUTE
    clock.now += 24 * 3600
    assert exhausted(guesses, HOME) == AT_ONCE


def test_right_codes_cost_nothing() -> None:
    guesses = Guesses(Clock())
    assert all(guesses.admits(SCHOOL, ASH) for _ in range(10 * AT_ONCE))
    assert exhausted(guesses, SCHOOL) == AT_ONCE


def test_a_flood_does_not_lock_out_the_school_that_is_known_there() -> None:
    guesses = Guesses(Clock())
    assert guesses.admits(SCHOOL, ASH)
    exhausted(guesses, SCHOOL)
    assert not guesses.admits(SCHOOL, None)
    assert guesses.admits(SCHOOL, ASH)
    assert not guesses.admits(SCHOOL, BIRCH)  # nor do its guesses reach other schools


def test_who_is_refused_becomes_no_acquaintance() -> None:
    clock = Clock()
    guesses = Guesses(clock)
    exhausted(guesses, HOME)
    assert not any(guesses.admits(HOME, ASH) for _ in range(3))


def test_a_school_is_known_for_some_hours() -> None:
    clock = Clock()
    guesses = Guesses(clock)
    guesses.admits(SCHOOL, ASH)
    clock.now += REMEMBERED + 1
    exhausted(guesses, SCHOOL)
    assert not guesses.admits(SCHOOL, ASH)


def test_addresses_do_not_share_and_do_not_fill_the_memory() -> None:
    guesses = Guesses(Clock())
    exhausted(guesses, HOME)
    assert guesses.admits(SCHOOL, None)
    for number in range(MOST + 100):
        guesses.admits(f"10.{number}", ASH)
    assert (len(guesses._addresses), len(guesses._schools)) == (MOST, MOST)


def test_no_address_is_kept() -> None:
    guesses = Guesses(Clock())
    guesses.admits(HOME, ASH)
    assert HOME not in repr(vars(guesses))
    assert HOME.encode() not in b"".join(guesses._addresses)
