"""Webhooks: the list, opening and changing one, its secrets, its log, and sending again."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.actions.webhooks import (
    change_webhook,
    drop_old_secret,
    open_webhook,
    replay_delivery,
    rotate_secret,
    send_test,
    switch_off,
    switch_on,
)
from crm.jobs.webhooks import hand_to_worker
from crm.models import WebhookDelivery, WebhookEndpoint
from crm.web.entrance import DEED, FORM, PageRequest, back, caller, found_or_404, page
from crm.web.forms.webhooks import NewWebhookForm, RotateForm, VersionForm, WebhookForm
from crm.web.pages.webhooks import delivery_page, webhook_lines, webhook_page
from crm.web.refusals import REFUSED, attempt, done, messages_of


@page("webhook.set")
def webhooks(request: PageRequest) -> HttpResponse:
    return render(request, "webhooks/list.html", {"lines": webhook_lines()})


@page("webhook.set", FORM)
def webhook_new(request: PageRequest) -> HttpResponse:
    """Opens one and shows its secret this once; who clicks twice sees the one that the first click made."""
    form = NewWebhookForm(request.POST or None)
    if request.method == "POST":
        made = attempt(form, lambda: open_webhook(caller(request), **form.cleaned_data))
        if made is not None:
            return _given(request, made, form.cleaned_data["secret"])
    return render(request, "webhooks/form.html", {"form": form})


@page("webhook.set")
def webhook(request: PageRequest, pk: UUID) -> HttpResponse:
    found = found_or_404(request, WebhookEndpoint.objects.select_related("account"), pk=pk)
    shown = webhook_page(found, request.GET.get("state", ""), request.GET.get("page", ""), timezone.now())
    version = {"version": found.version}
    forms = {"rotate": RotateForm(initial=version), "drop": VersionForm(initial=version)}
    return render(request, "webhooks/detail.html", {"page": shown, **forms})


@page("webhook.set", FORM)
def webhook_edit(request: PageRequest, pk: UUID) -> HttpResponse:
    found = found_or_404(request, WebhookEndpoint, pk=pk)
    form = WebhookForm(request.POST or None, webhook=found)
    if request.method == "POST" and done(form, lambda: change_webhook(caller(request), found, **form.cleaned_data)):
        messages.success(request, _("The webhook was saved."))
        return redirect("webhook", pk)
    return render(request, "webhooks/form.html", {"form": form, "webhook": found})


@page("webhook.set", DEED)
def webhook_secret(request: PageRequest, pk: UUID) -> HttpResponse:
    """Makes a new secret and shows it this once."""
    found = found_or_404(request, WebhookEndpoint, pk=pk)
    form = RotateForm(request.POST)
    made = attempt(form, lambda: rotate_secret(caller(request), found, **form.cleaned_data))
    if made is not None:
        return _given(request, made, form.cleaned_data["secret"])
    messages.error(request, " ".join(map(str, form.non_field_errors())) or _("Open this page again."))
    return redirect("webhook", pk)


@page("webhook.set", DEED)
def webhook_secret_drop(request: PageRequest, pk: UUID) -> HttpResponse:
    found = found_or_404(request, WebhookEndpoint, pk=pk)
    form = VersionForm(request.POST)
    if done(form, lambda: drop_old_secret(caller(request), found, **form.cleaned_data)):
        messages.success(request, _("The old secret was dropped. Only the new one signs."))
    else:
        messages.error(request, " ".join(map(str, form.non_field_errors())) or _("Open this page again."))
    return redirect("webhook", pk)


@page("webhook.switch", DEED)
def webhook_on(request: PageRequest, pk: UUID) -> HttpResponse:
    found = found_or_404(request, WebhookEndpoint, pk=pk)
    return _deed(request, found, lambda: switch_on(caller(request), found), _("The webhook is switched on."))


@page("webhook.switch", DEED)
def webhook_off(request: PageRequest, pk: UUID) -> HttpResponse:
    found = found_or_404(request, WebhookEndpoint, pk=pk)
    return _deed(request, found, lambda: switch_off(caller(request), found), _("The webhook is switched off."))


@page("webhook.replay", DEED)
def webhook_test(request: PageRequest, pk: UUID) -> HttpResponse:
    found = found_or_404(request, WebhookEndpoint, pk=pk)
    said = _("A test is on its way. What came of it stands in the log in a moment.")
    return _deed(request, found, lambda: send_test(caller(request), found), said)


@page("webhook.set")
def delivery(request: PageRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(WebhookDelivery.objects.select_related("endpoint"), pk=pk)
    return render(request, "webhooks/delivery.html", {"page": delivery_page(found, timezone.now())})


@page("webhook.replay", DEED)
def delivery_replay(request: PageRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(WebhookDelivery.objects.select_related("endpoint"), pk=pk)
    said = _("It is on its way again. What came of it stands in the log in a moment.")
    return _deed(request, found.endpoint, lambda: replay_delivery(caller(request), found), said)


def _deed(request: PageRequest, found: WebhookEndpoint, act: Callable[[], object], said: str) -> HttpResponse:
    """Does it, hands what is due to the worker, and says so on the webhook's page."""
    try:
        act()
        hand_to_worker()
        messages.success(request, said)
    except REFUSED as refusal:
        messages.error(request, messages_of(refusal))
    return back(request, reverse("webhook", args=[found.pk]))


def _given(request: PageRequest, found: WebhookEndpoint, secret: str) -> HttpResponse:
    given = render(request, "webhooks/given.html", {"webhook": found, "secret": secret})
    given["Cache-Control"] = "no-store"
    return given
