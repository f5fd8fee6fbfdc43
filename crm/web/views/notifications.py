"""Notifications: what others did to what is one's own. Reading is a deed, and so is opening what is unread: both are
sent, so that no program that follows links reads anything."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.actions.notifications import mark_all_read, mark_read, mark_unread, take_back_reading
from crm.models import Notification
from crm.notices import told
from crm.web.entrance import DEED, PageRequest, back, caller, page
from crm.web.pages.notifications import notifications_page


@page("notification.read")
def notifications(request: PageRequest) -> HttpResponse:
    shown, number = request.GET.get("show", ""), request.GET.get("page", "")
    found = notifications_page(shown, number, request.user, timezone.now())
    undo = _moment(request.GET.get("read", ""))
    return render(request, "notifications/list.html", {"page": found, "undo": undo.isoformat() if undo else ""})


@page("notification.read", DEED)
def notifications_read(request: PageRequest) -> HttpResponse:
    """Everything that was there when the page was made; the page that follows offers the way back."""
    said = caller(request)
    count = mark_all_read(said, _moment(request.POST.get("until", "")) or said.now)
    told = ngettext("%(n)d notification is read.", "%(n)d notifications are read.", count) % {"n": count}
    messages.success(request, told)
    query = urlencode({"read": said.now.isoformat()}) if count else ""
    return redirect(f"{reverse('notifications')}?{query}".rstrip("?"))


@page("notification.read", DEED)
def notifications_unread(request: PageRequest) -> HttpResponse:
    """Takes back that everything was read."""
    moment = _moment(request.POST.get("read", ""))
    count = take_back_reading(caller(request), moment) if moment else 0
    told = ngettext("%(n)d notification is unread again.", "%(n)d notifications are unread again.", count)
    messages.success(request, told % {"n": count})
    return redirect("notifications")


@page("notification.read", DEED)
def notification_open(request: PageRequest, pk: UUID) -> HttpResponse:
    """Reads it and leads to what it is about."""
    found = mark_read(caller(request), _found(request, pk))
    (line,) = told(request.user, [found])
    if line.address:
        return redirect(line.address)
    messages.error(request, _("This record is not shown to you any more."))
    return redirect("notifications")


@page("notification.read", DEED)
def notification_read(request: PageRequest, pk: UUID) -> HttpResponse:
    mark_read(caller(request), _found(request, pk))
    return _back_to(request, pk)


@page("notification.read", DEED)
def notification_unread(request: PageRequest, pk: UUID) -> HttpResponse:
    mark_unread(caller(request), _found(request, pk))
    return _back_to(request, pk)


def _back_to(request: PageRequest, pk: UUID) -> HttpResponse:
    """To its line in the list: who goes by keyboard goes on from there."""
    answer = back(request, reverse("notifications"))
    answer["Location"] += f"#told-{pk}"
    return answer


def _found(request: PageRequest, pk: UUID) -> Notification:
    return get_object_or_404(Notification.objects.select_related("who"), pk=pk, account=request.user)


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if timezone.is_aware(found) else None
