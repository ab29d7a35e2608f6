"""How large a demonstration is."""

from dataclasses import dataclass

NEW = 3  # schools that did not take part in the wave before


@dataclass(frozen=True)
class Size:
    """`schools` of `all_schools` take part, with `on_their_rolls` of the borough's `pupils`.

    `linked` is the number of responses that count in the end.
    """

    schools: int
    all_schools: int
    on_their_rolls: int
    pupils: int
    linked: int

    def __post_init__(self) -> None:
        if not (1 <= self.schools <= self.all_schools and self.linked < self.on_their_rolls):
            raise ValueError("Fewer schools and pupils take part than there are.")

    def before(self) -> "Size":
        """Of the wave before: three schools fewer, unless there would be too few to compare."""
        schools = self.schools - NEW if self.schools >= 2 * NEW else self.schools
        share = schools / self.schools
        return Size(
            schools,
            self.all_schools,
            round(share * self.on_their_rolls),
            self.pupils,
            round(share * self.linked),
        )


FULL = Size(schools=10, all_schools=18, on_their_rolls=2760, pupils=6350, linked=2287)
SMALL = Size(schools=4, all_schools=6, on_their_rolls=320, pupils=480, linked=260)
SEED = 20230619
