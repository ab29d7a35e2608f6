"""The open data of a release: tables, areas, and the package that describes them. No Django.

Everything is written from released cells of public places; no table has a school in it.
"""

from reports.open_data.areas import areas
from reports.open_data.contents import tables
from reports.open_data.files import Field, Resource
from reports.open_data.package import Change, descriptor

__all__ = ["Change", "Field", "Resource", "areas", "descriptor", "tables"]
