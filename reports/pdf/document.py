"""The sheets: margins, running head, page numbers, bookmarks, language and title."""

import io
from collections.abc import Sequence
from typing import Any, Protocol

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate
from reportlab.platypus.flowables import Flowable

from reports import fonts
from reports.charts.palette import GREY, ORANGE, RULE
from reports.pdf.flowables import Heading
from reports.pdf.tags import RUNNING, TaggedCanvas

MARGIN = 20 * mm
WIDTH = A4[0] - 2 * MARGIN
HEAD = 14 * mm
HEIGHT = A4[1] - 2 * MARGIN - HEAD / 2


class About(Protocol):
    """What every sheet says of itself."""

    @property
    def school(self) -> str: ...
    @property
    def wave(self) -> str: ...
    @property
    def borough(self) -> str: ...
    @property
    def made_up(self) -> bool: ...


class Report(BaseDocTemplate):
    """Headings go into the outline as they are laid down."""

    def __init__(self, target: io.BytesIO, report: About, called: str) -> None:
        super().__init__(
            target,
            pagesize=A4,
            lang="en-GB",
            title=f"{report.school}: {called}, {report.wave}",
            author=report.borough,
            subject="Wellbeing of pupils, for the school's own use",
            displayDocTitle=True,
            initialFontName=fonts.REGULAR,
            invariant=1,
        )
        self.report = report
        frame = Frame(MARGIN, MARGIN, WIDTH, HEIGHT, 0, 0, 0, 0, id="text")
        self.addPageTemplates(PageTemplate("page", [frame], onPage=self.furniture))

    def furniture(self, canvas: TaggedCanvas, _document: BaseDocTemplate) -> None:
        """The running head and foot of every page."""
        canvas.saveState()
        with canvas.artifact(RUNNING):
            self._furniture(canvas)
        canvas.restoreState()

    def _furniture(self, canvas: TaggedCanvas) -> None:
        canvas.setFont(fonts.REGULAR, 8)
        canvas.setFillColor(HexColor(GREY))
        canvas.setStrokeColor(HexColor(RULE))
        top = A4[1] - HEAD
        # Of a very long name its first line.
        (school, *_) = simpleSplit(self.report.school, fonts.REGULAR, 8, WIDTH * 0.6)
        canvas.drawString(MARGIN, top, school)
        canvas.drawRightString(A4[0] - MARGIN, top, self.report.wave)
        canvas.line(MARGIN, top - 5, A4[0] - MARGIN, top - 5)
        canvas.drawRightString(A4[0] - MARGIN, 11 * mm, f"Page {canvas.getPageNumber()}")
        if self.report.made_up:
            canvas.drawString(MARGIN, 11 * mm, "Made-up data: about no real school or pupil.")
            canvas.setFillColor(HexColor(ORANGE))
            canvas.rect(0, A4[1] - 3 * mm, A4[0], 3 * mm, stroke=0, fill=1)

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - ReportLab's name
        """Bookmark a heading where it fell."""
        if isinstance(flowable, Heading):
            self.canv.bookmarkPage(flowable.key)
            self.canv.addOutlineEntry(flowable.words, flowable.key, flowable.level, closed=True)


def build(report: About, story: Sequence[Any], called: str = "school report") -> bytes:
    """Lay the flowables out on numbered pages. `called` stands in the document's title."""
    fonts.register()
    target = io.BytesIO()
    Report(target, report, called).build(list(story), canvasmaker=TaggedCanvas)
    return target.getvalue()
