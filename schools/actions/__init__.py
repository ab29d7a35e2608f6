"""Every change to the register: one transaction each, with its audit entry inside."""

from schools.actions.areas import import_area_memberships, import_areas, state_same_areas
from schools.actions.key_store import destroy_link_key
from schools.actions.opt_outs import cancel_opt_out, find_pupil, record_opt_out
from schools.actions.people import add_membership, add_user, end_membership
from schools.actions.roll import RollRefused, RollResult, import_roll, roll_context
from schools.actions.schools import import_schools, set_up_authority

__all__ = [
    "RollRefused",
    "RollResult",
    "add_membership",
    "add_user",
    "cancel_opt_out",
    "destroy_link_key",
    "end_membership",
    "find_pupil",
    "import_area_memberships",
    "import_areas",
    "import_roll",
    "import_schools",
    "record_opt_out",
    "roll_context",
    "set_up_authority",
    "state_same_areas",
]
