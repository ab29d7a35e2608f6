"""Why a pupil cannot go on, in words for the pupil."""

from django.utils.translation import gettext as _

from surveys.refusal import Refused


def wrong_code() -> Refused:
    sentence = _("That code does not work. Look again, or ask your teacher.")
    return Refused(sentence, code="unknown")


def not_known() -> Refused:
    return Refused(_("Please enter your code again."), code="unknown")


def not_open() -> Refused:
    return Refused(_("This lesson is not open. Please tell your teacher."), code="closed")


def finished_already() -> Refused:
    return Refused(_("You have finished already. Thank you."), code="finished")
