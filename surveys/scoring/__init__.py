"""Scores and headlines: slowly for one response, and at once for a whole table.

The two are written apart on purpose and compared over random answers in the tests.
"Don't know" and "prefer not to say" are missing in both.
"""

from surveys.scoring.frame import headline_frame, part_frames, score_frame
from surveys.scoring.single import band, headlines, score

__all__ = ["band", "headline_frame", "headlines", "part_frames", "score", "score_frame"]
