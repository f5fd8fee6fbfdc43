"""The pages of a restatement: why the same quarter reads differently as of two times."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from crm.models import Publication
from reports.asking import language_of, quarter_of, time_of
from reports.charts import FontMissing
from reports.documents import UnknownFormat
from reports.figures import definitions
from reports.figures.asked import NotAnswerable, check_asked
from reports.web.entrance import moment, require, sight_for
from reports.web.files import file_of
from reports.web.pages import restatement as pages
from reports.web.pages.quarterly import choosable_quarters


@login_required
@require_safe
def restatement_page(request: HttpRequest) -> HttpResponse:
    require(request, "report.export")
    present = moment()
    now = present.now
    try:
        asked = _asked(request, now)
        if asked is None:
            return _refused(request, "", now, 200)
        carried = {name: request.GET[name] for name in ("publication", "definitions") if request.GET.get(name)}
        page = pages.restatement_page(asked, now, sight_for(request, present), carried)
    except NotAnswerable as refusal:
        return _refused(request, str(refusal), now, 422)
    return render(request, "reports/restatement.html", {"page": page})


@login_required
@require_safe
def restatement_document(request: HttpRequest) -> HttpResponse:
    require(request, "report.export")
    present, wanted = moment(), request.GET.get("format", "xlsx")
    now = present.now
    try:
        asked = _asked(request, now)
        if asked is None:
            raise NotAnswerable("from", _("Say the two times to compare."))
        report = pages.restatement_report(asked, sight_for(request, present))
        return file_of(report, wanted)
    except (NotAnswerable, UnknownFormat, FontMissing) as refusal:
        return _refused(request, str(refusal), now, 422)


def _asked(request: HttpRequest, now: datetime) -> pages.AskedRestatement | None:
    """None where nothing was asked yet. Of a publication, the earlier time is the one that it was published as of, read
    by the definitions that it went out with; `definitions` says it of what was not published.
    Raises NotAnswerable naming the field."""
    query = request.GET
    publication = _publication(query.get("publication", ""))
    typed = query.get("period", "").strip() or (publication.about if publication else "")
    earlier_text = query.get("from", "").strip()
    if not typed or not (earlier_text or publication):
        return None
    period = quarter_of(typed)
    earlier = publication.as_of if publication and not earlier_text else time_of(earlier_text, "from")
    later = time_of(query["to"].strip(), "to") if query.get("to", "").strip() else now
    check_asked(period, earlier, later, now=now)
    if earlier > later:
        raise NotAnswerable("from", _("The earlier time lies after the later one."))
    definition = _read_by(query.get("definitions", ""), publication)
    language = language_of(query.get("lang", ""))
    return pages.AskedRestatement(period, min(earlier, now), min(later, now), language, definition)


def _read_by(typed: str, publication: Publication | None) -> str:
    """The set of definitions by which the earlier reading was made."""
    name: str = publication.inputs["definition"] if publication else typed or definitions.VERSION
    if name not in definitions.SETS:
        raise NotAnswerable("definitions", str(definitions.UnknownDefinitions(name)))
    return name


def _publication(typed: str) -> Publication | None:
    if not typed:
        return None
    try:
        return Publication.objects.get(pk=typed)
    except (Publication.DoesNotExist, ValidationError) as error:
        raise NotAnswerable("publication", _("There is no such published report.")) from error


def _refused(request: HttpRequest, message: str, now: datetime, status: int) -> HttpResponse:
    language = translation.get_language() or "ko"
    context = {
        "message": message,
        "quarters": choosable_quarters(None, now, language),
        "period": request.GET.get("period", ""),
        "earlier_text": request.GET.get("from", "")[:10],
        "later_text": request.GET.get("to", "")[:10],
    }
    return render(request, "reports/restatement_ask.html", context, status=status)


# What the tests of the policy read: a page without a rule fails them.
for _view in (restatement_page, restatement_document):
    _view.verb = "report.export"  # type: ignore[attr-defined]
