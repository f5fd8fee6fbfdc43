"""The way back from what was done at a click, in the message that tells of it."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _


def tell_with_undo(request: HttpRequest, told: str, address: str, fields: Mapping[str, object] | None = None) -> None:
    """Says what was done, with a button that sends these fields to the address of the deed that undoes it."""
    hidden = {"csrfmiddlewaretoken": get_token(request), **(fields or {})}
    inputs = format_html_join("", '<input type="hidden" name="{}" value="{}">', hidden.items())
    button = format_html('<button class="button plain" type="submit">{}</button>', _("Undo"))
    form = '{} <form class="inline" method="post" action="{}">{}{}</form>'
    messages.success(request, format_html(form, told, address, inputs, button))
