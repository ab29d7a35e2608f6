"""The questionnaire on paper, for a pupil who cannot use a screen.

A questionnaire in, a PDF's bytes out; the words around the questions are in the language that
is active. The same input gives the same bytes.
"""

from surveys.paper.sheets import Form, paper_pdf

__all__ = ["Form", "paper_pdf"]
