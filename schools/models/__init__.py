"""The register: people and their grants, places, the roll, and the audit log."""

from schools.models.audit import AuditEntry, AuditHead
from schools.models.people import Membership, Role, User
from schools.models.places import Area, AreaKind, AreaMembership, Authority, SameArea, School
from schools.models.roll import FsmKind, OptOutBy, RollImport, RollPupil, Sen, Sex

__all__ = [
    "Area",
    "AreaKind",
    "AreaMembership",
    "AuditEntry",
    "AuditHead",
    "Authority",
    "FsmKind",
    "Membership",
    "OptOutBy",
    "Role",
    "RollImport",
    "RollPupil",
    "SameArea",
    "School",
    "Sen",
    "Sex",
    "User",
]
