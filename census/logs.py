"""What a log line may hold."""

import logging
import re

CODE = re.compile(r"(/go/)[^/\s]+")


class WithoutCodes(logging.Filter):
    """Takes the code out of a slip's address: whoever reads logs must not be able to use it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = CODE.sub(r"\1-", record.getMessage())
        record.args = ()
        return True
