"""Tokens of API clients: the list, issuing one, revoking one."""

from datetime import datetime, time
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.actions.accounts import issue_token, revoke_token
from crm.models import ApiToken
from crm.web.entrance import DEED, FORM, PageRequest, caller, found_or_404, page, today
from crm.web.forms.webhooks import TokenForm
from crm.web.pages.tokens import tokens_page
from crm.web.refusals import REFUSED, attempt, messages_of


@page("token.issue")
def tokens(request: PageRequest) -> HttpResponse:
    shown = tokens_page(request.GET.get("page", ""), timezone.now())
    return render(request, "tokens/list.html", {"page": shown})


@page("token.issue", FORM)
def token_new(request: PageRequest) -> HttpResponse:
    """Issues a token and shows it this once. Who clicks twice sees the one that the first click made."""
    form = TokenForm(request.POST or None, today=today())
    if request.method == "POST" and form.is_valid():
        token = form.already_made() or attempt(form, lambda: _issued(request, form)) or form.already_made()
        if token is not None:
            shown = {"token": token, "secret": form.cleaned_data["secret"]}
            given = render(request, "tokens/given.html", shown)
            given["Cache-Control"] = "no-store"
            return given
    return render(request, "tokens/form.html", {"form": form})


def _issued(request: PageRequest, form: TokenForm) -> ApiToken:
    typed = form.cleaned_data
    # Good until the day is over, in Seoul.
    until = timezone.make_aware(datetime.combine(typed["expires_on"], time.max))
    own = {"expires_at": until, "id": typed["id"]}
    return issue_token(caller(request), typed["account"], typed["label"], form.scopes_asked(), typed["secret"], **own)[
        0
    ]


@page("token.revoke", DEED)
def token_revoke(request: PageRequest, pk: UUID) -> HttpResponse:
    found = found_or_404(request, ApiToken, pk=pk)
    try:
        revoke_token(caller(request), found)
        messages.success(request, _("The token was revoked. Nobody gets in with it any more."))
    except REFUSED as refusal:
        messages.error(request, messages_of(refusal))
    return redirect("tokens")
