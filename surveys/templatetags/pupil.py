"""What every pupil's page shows, whichever view made it: its look, and where help is."""

from django import template
from django.http import HttpRequest
from django.template import Context

from surveys.display import SIZES, THEMES, Display, display_of
from surveys.support import SupportCard, support_card

register = template.Library()


@register.simple_tag(takes_context=True)
def display(context: Context) -> Display:
    request: HttpRequest | None = context.get("request")
    return display_of(request) if request else Display()


@register.simple_tag
def themes() -> list[tuple[str, str]]:
    return [(code, str(name)) for code, name in THEMES.items()]


@register.simple_tag
def sizes() -> tuple[int, ...]:
    return SIZES


@register.simple_tag(takes_context=True)
def help_card(context: Context) -> SupportCard:
    """The card in the language of the page."""
    return support_card(context.get("pupil_language", ""))
