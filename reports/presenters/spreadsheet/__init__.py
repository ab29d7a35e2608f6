"""A spreadsheet as plain tables: every released figure of some places, with the names around it.

Where there is no figure a marker stands instead, and a note says why.
"""

from reports.presenters.spreadsheet.books import public_book, school_book
from reports.presenters.spreadsheet.sheets import Book, Column, Sheet

__all__ = ["Book", "Column", "Sheet", "public_book", "school_book"]
