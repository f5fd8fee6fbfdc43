"""Aftercare: putting follow-ups off, handing them over, the rules, mails sent, calendars, directives."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from crm.actions.accounts import token_digest
from crm.actions.calendars import close_calendar, open_calendar, reopen_calendar
from crm.actions.follow_up_rules import set_rule
from crm.actions.follow_ups import plan_follow_up, record_directive, snooze_follow_up
from crm.actions.handing_over import hand_over_person
from crm.models import CalendarFeed, Directive, Event, FollowUp, FollowUpRule
from crm.values.follow_up_rules import Trigger
from crm.web.calendars import calendar_of
from crm.web.entrance import DEED, FORM, PageRequest, back, caller, found_or_404, page, today
from crm.web.forms.aftercare import DirectiveForm, HandOverForm, RuleForm, SnoozeForm
from crm.web.forms.follow_ups import FollowUpForm
from crm.web.pages.aftercare import calendar_page, mail_lines, rule_line, rules_page
from crm.web.pages.follow_ups import follow_up_line
from crm.web.refusals import REFUSED, attempt, done, messages_of
from crm.web.undoing import tell_with_undo


@page("follow_up.snooze", FORM)
def follow_up_snooze(request: PageRequest, pk: UUID) -> HttpResponse:
    found = found_or_404(request, FollowUp, pk=pk)
    form = SnoozeForm(request.POST or None, initial={"version": found.version})
    if request.method == "POST" and done(form, lambda: _snooze(request, found, form)):
        messages.success(request, _("Put off: %(title)s") % {"title": found.title})
        return redirect("follow-up", pk)
    line = follow_up_line(found, request.user, today())
    return render(request, "follow_ups/snooze.html", {"form": form, "line": line})


def _snooze(request: PageRequest, found: FollowUp, form: SnoozeForm) -> FollowUp:
    typed = form.cleaned_data
    until, reason = typed["snoozed_until"], typed["snooze_reason"]
    return snooze_follow_up(caller(request, reason), found, until, reason, version=typed["version"])


@page("follow_up.hand_over", FORM)
def hand_over(request: PageRequest) -> HttpResponse:
    form = HandOverForm(request.POST or None)
    if request.method == "POST":
        typed = form.cleaned_data if form.is_valid() else {}
        count = attempt(form, lambda: hand_over_person(caller(request), typed["giver"], typed["taker"]))
        if count is not None:
            told = ngettext("%(n)d follow-up was handed over.", "%(n)d follow-ups were handed over.", count)
            messages.success(request, told % {"n": count})
            return redirect("follow-ups")
    return render(request, "follow_ups/hand_over.html", {"form": form})


@page("record.read")
def rules(request: PageRequest) -> HttpResponse:
    return render(request, "follow_ups/rules.html", {"page": rules_page(request.user)})


@page("follow_up.rule", FORM)
def rule_set(request: PageRequest, trigger: str) -> HttpResponse:
    kind = request.GET.get("kind", "")
    line = rule_line(trigger, kind)
    if line is None:
        raise Http404
    initial = {"offsets": line.offsets, "version": line.version or None}
    form = RuleForm(request.POST or None, initial=initial)
    if request.method == "POST" and done(form, lambda: _set(request, trigger, kind, form)):
        messages.success(request, _("The rule was saved. It holds from the next run on."))
        return redirect("follow-up-rules")
    return render(request, "follow_ups/rule.html", {"form": form, "line": line})


def _set(request: PageRequest, trigger: str, kind: str, form: RuleForm) -> FollowUpRule:
    typed = form.cleaned_data
    return set_rule(caller(request), Trigger(trigger), kind, typed["offsets"], version=typed["version"])


@page("follow_up.rule")
def mails(request: PageRequest) -> HttpResponse:
    return render(request, "follow_ups/mails.html", {"lines": mail_lines()})


@page("calendar.open", FORM)
def calendar(request: PageRequest) -> HttpResponse:
    """Opens the reader's own calendar address; it is shown this once."""
    address = ""
    if request.method == "POST":
        _feed, token = open_calendar(caller(request))
        address = request.build_absolute_uri(reverse("calendar-feed", args=[token]))
    return render(request, "follow_ups/calendar.html", {"page": calendar_page(request.user, address)})


@page("calendar.open", DEED)
def calendar_close(request: PageRequest, pk: UUID) -> HttpResponse:
    close_calendar(caller(request), _own_feed(request, pk))
    tell_with_undo(request, _("The address is closed."), reverse("calendar-reopen", args=[pk]))
    return redirect("calendar")


@page("calendar.open", DEED)
def calendar_reopen(request: PageRequest, pk: UUID) -> HttpResponse:
    try:
        reopen_calendar(caller(request), _own_feed(request, pk))
        messages.success(request, _("The address is open again."))
    except REFUSED as refusal:
        messages.error(request, messages_of(refusal))
    return back(request, reverse("calendar"))


def _own_feed(request: PageRequest, pk: UUID) -> CalendarFeed:
    return get_object_or_404(CalendarFeed, pk=pk, account=request.user)


@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """What a calendar reads, without a session: the secret address is the key."""
    found = CalendarFeed.objects.select_related("account__org_unit")
    feed = found.filter(digest=token_digest(token), revoked_at=None, account__is_active=True).first()
    if feed is None:
        raise Http404
    answer = HttpResponse(calendar_of(feed.account, today()), content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@page("directive.record", FORM)
def directive_new(request: PageRequest, pk: UUID) -> HttpResponse:
    event = found_or_404(request, Event, pk=pk)
    form = DirectiveForm(request.POST or None, today=today(), initial={"given_on": event.starts_on})
    if request.method == "POST" and (form.already_saved() or done(form, lambda: _direct(request, event, form))):
        messages.success(request, _("The directive was recorded, and its follow-up stands in the list."))
        return redirect("event", pk)
    return render(request, "follow_ups/directive.html", {"form": form, "event": event})


def _direct(request: PageRequest, event: Event, form: DirectiveForm) -> Directive:
    return record_directive(caller(request), event=event, **form.values())


@page("follow_up.plan", FORM)
def directive_follow_up(request: PageRequest, pk: UUID) -> HttpResponse:
    directive = found_or_404(request, Directive.objects.select_related("event"), pk=pk)
    form = FollowUpForm(request.POST or None, today=today(), initial={"org_unit": directive.lead_unit_id})
    if request.method == "POST":
        fields = {"directive": directive}
        if form.already_saved() or done(form, lambda: plan_follow_up(caller(request), **fields, **form.values())):
            messages.success(request, _("The follow-up was saved."))
            return redirect("event", directive.event_id) if directive.event_id else redirect("follow-ups")
    return render(request, "follow_ups/directive_follow_up.html", {"form": form, "directive": directive})
