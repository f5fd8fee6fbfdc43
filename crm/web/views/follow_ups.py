"""Follow-ups: the list, planning, changing, taking and completing them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import slugify
from django.utils.translation import gettext as _

from crm.actions.follow_ups import complete_follow_up, plan_follow_up, update_follow_up
from crm.models import FollowUp, Outcome
from crm.permissions import may
from crm.values.measures import FollowUpStatus
from crm.web.entrance import (
    DEED,
    FORM,
    PageRequest,
    back_whole,
    caller,
    came_from,
    found_or_404,
    is_in_place,
    page,
    today,
)
from crm.web.forms.base import PlainForm, show_again
from crm.web.forms.follow_ups import CompleteForm, DropForm, FollowUpForm, GiveBackForm, ReopenForm, TakeForm
from crm.web.pages.follow_ups import FOLLOW_UPS, follow_up_line
from crm.web.pages.links import Link
from crm.web.refusals import done
from crm.web.undoing import tell_with_undo
from crm.web.views.listing import show_file, show_list


@page("record.read")
def follow_ups(request: PageRequest) -> HttpResponse:
    may_hand_over = may(request.user, "follow_up.hand_over")
    deeds = [Link(_("Hand over follow-ups"), reverse("hand-over"))] if may_hand_over else []
    return show_list(request, FOLLOW_UPS, deeds)


@page("report.export")
def follow_ups_export(request: PageRequest) -> HttpResponse:
    return show_file(request, FOLLOW_UPS)


@page("follow_up.plan", FORM)
def follow_up_new(request: PageRequest, pk: UUID) -> HttpResponse:
    outcome = found_or_404(request, Outcome, pk=pk)
    form = FollowUpForm(request.POST or None, today=today())
    if request.method == "POST":
        saved = form.already_saved() or done(
            form, lambda: plan_follow_up(caller(request), outcome=outcome, **form.values())
        )
        if saved:
            messages.success(request, _("The follow-up was saved."))
            return redirect("outcome", pk)
    return render(request, "follow_ups/form.html", {"form": form, "outcome": outcome})


@page("record.read", FORM, to_post="follow_up.update")
def follow_up(request: PageRequest, pk: UUID) -> HttpResponse:
    """One follow-up: those who may change it do so here."""
    found = _found(request, pk)
    form = FollowUpForm(request.POST or None, record=found, today=today())
    if request.method == "POST":
        version = form.cleaned_data["version"] if form.is_valid() else None
        if done(form, lambda: update_follow_up(caller(request), found, version=version, **form.values())):
            messages.success(request, _("The follow-up was saved."))
            return redirect("follow-up", pk)
    return _show(request, found, form)


def _show(request: PageRequest, found: FollowUp, form: FollowUpForm, **refused: object) -> HttpResponse:
    context = {
        "form": form,
        "line": follow_up_line(found, request.user, today()),
        "day": today().isoformat(),
        "history_at": reverse("follow-up-history", args=[found.pk]),
        **refused,
    }
    return render(request, "follow_ups/detail.html", context)


@page("follow_up.update", DEED)
def follow_up_take(request: PageRequest, pk: UUID) -> HttpResponse:
    found = _found(request, pk)
    had, due = found.assignee_id, found.due_on
    form = TakeForm(request.POST, auto_id=_ids(request, "take", pk))
    if not done(form, lambda: _take(request, found, form.cleaned_data)):
        return _refused(request, pk, "take", form)
    undo = {"version": found.version, "assignee": had or "", "due_on": due or "", "next": came_from(request)}
    tell_with_undo(
        request,
        _("You took: %(title)s") % {"title": found.title},
        reverse("follow-up-give-back", args=[pk]),
        undo,
    )
    return back_whole(request, reverse("follow-up", args=[pk]))


def _take(request: PageRequest, found: FollowUp, typed: dict[str, Any]) -> FollowUp:
    changes = {"assignee": request.user} | ({"due_on": typed["due_on"]} if typed["due_on"] else {})
    return update_follow_up(caller(request), found, version=typed["version"], **changes)


@page("follow_up.update", DEED)
def follow_up_give_back(request: PageRequest, pk: UUID) -> HttpResponse:
    """Undoes the taking, where nothing else was done with it since."""
    found = _found(request, pk)
    form = GiveBackForm(request.POST)
    if done(form, lambda: update_follow_up(caller(request), found, **form.cleaned_data)):
        messages.success(request, _("Given back: %(title)s") % {"title": found.title})
    else:
        # The form has no field that anybody sees.
        messages.error(request, " ".join(map(str, form.non_field_errors())) or _("This can no longer be undone."))
    return back_whole(request, reverse("follow-up", args=[pk]))


@page("follow_up.complete", DEED)
def follow_up_complete(request: PageRequest, pk: UUID) -> HttpResponse:
    found = _found(request, pk)
    form = CompleteForm(request.POST, auto_id=_ids(request, "complete", pk))
    if not done(form, lambda: complete_follow_up(caller(request), found, **form.cleaned_data)):
        return _refused(request, pk, "complete", form)
    _tell(request, found, _("Done: %(title)s"))
    return back_whole(request, reverse("follow-up", args=[pk]))


@page("follow_up.update", DEED)
def follow_up_drop(request: PageRequest, pk: UUID) -> HttpResponse:
    found = _found(request, pk)
    form = DropForm(request.POST, auto_id=_ids(request, "drop", pk))
    if not done(form, lambda: _drop(request, found, form.cleaned_data)):
        return _refused(request, pk, "drop", form)
    _tell(request, found, _("Dropped: %(title)s"))
    return back_whole(request, reverse("follow-up", args=[pk]))


def _drop(request: PageRequest, found: FollowUp, typed: dict[str, Any]) -> FollowUp:
    return update_follow_up(caller(request), found, status=FollowUpStatus.DROPPED, done_on=today(), **typed)


@page("follow_up.update", DEED)
def follow_up_reopen(request: PageRequest, pk: UUID) -> HttpResponse:
    """What was done or dropped by mistake is open again; its history keeps what was said."""
    found = _found(request, pk)
    form = ReopenForm(request.POST, auto_id=_ids(request, "reopen", pk))
    if not done(form, lambda: _reopen(request, found, form.cleaned_data["version"])):
        return _refused(request, pk, "reopen", form)
    messages.success(request, _("Open again: %(title)s") % {"title": found.title})
    return back_whole(request, reverse("follow-up", args=[pk]))


def _reopen(request: PageRequest, found: FollowUp, version: int) -> FollowUp:
    return update_follow_up(
        caller(request), found, version=version, status=FollowUpStatus.OPEN, done_on=None, result=""
    )


def _ids(request: PageRequest, deed: str, pk: UUID) -> str:
    """A follow-up may stand twice on a page: the place of the list is part of the names of its fields."""
    return f"{deed}-{slugify(request.POST.get('place', ''))}-{pk}-%s"


def _refused(request: PageRequest, pk: UUID, deed: str, form: PlainForm) -> HttpResponse:
    """The deed's form again, open, as it was typed and with each error at its field: in its place where the page asked
    for it, on the follow-up's own page otherwise. Sent again it leads where it would have led."""
    found = _found(request, pk)
    if "version" in form.cleaned_data:
        show_again(form, version=found.version)
    told = {"refused": deed, "refused_form": form, "next": came_from(request)}
    if not is_in_place(request):
        return _show(request, found, FollowUpForm(record=found, today=today()), **told)
    line, place = follow_up_line(found, request.user, today()), slugify(request.POST.get("place", ""))
    return render(
        request, "follow_ups/_deeds.html", {**told, "line": line, "place": place, "today": today().isoformat()}
    )


def _tell(request: PageRequest, found: FollowUp, told: str) -> None:
    """With the way to its page, where it can be opened again: the list no longer has it."""
    address = reverse("follow-up", args=[found.pk])
    messages.success(
        request, format_html('{} <a href="{}">{}</a>', told % {"title": found.title}, address, _("Open again"))
    )


def _found(request: PageRequest, pk: UUID) -> FollowUp:
    about = ("outcome", "event", "directive", "assignee", "org_unit")
    return found_or_404(request, FollowUp.objects.select_related(*about), pk=pk)
