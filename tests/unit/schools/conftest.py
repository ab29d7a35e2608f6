"""A small authority with two schools."""

from tests.council import authority, cast, school_a, school_b

__all__ = ["authority", "cast", "school_a", "school_b"]
