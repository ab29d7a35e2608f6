"""From the name of a place in a report to the register's own object."""

from schools.models import Area, Authority, School


def find_place(authority: Authority, kind: str, key: str) -> Authority | School | Area | None:
    """The object behind a place ("borough", "locality", "ward" or "school"); areas: newest."""
    if kind == "borough":
        return authority if key == authority.code else None
    if kind == "school":
        return School.objects.filter(authority=authority, key=key).first()
    areas = Area.objects.filter(authority=authority, kind=kind, code=key)
    return areas.order_by("-vintage").first()
