"""A small authority with the fixed cast."""

from tests.council import authority, cast, school_a, school_b

__all__ = ["authority", "cast", "school_a", "school_b"]
