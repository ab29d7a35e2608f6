"""One way to say no: a sentence for the person, raised by actions, shown by pages and commands."""


class Refused(Exception):
    """Nothing was done and nothing was changed; `str()` is the reason, in plain words.

    `code` is one neutral word for machines; `problems` may list every single reason.
    """

    def __init__(
        self, reason: str, *, code: str = "refused", problems: tuple[str, ...] = ()
    ) -> None:
        super().__init__(reason)
        self.code = code
        self.problems = problems
