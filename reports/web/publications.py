"""The pages of published reports: what was published, its files as they went out, and making one again."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from crm.actions.base import Conflict
from crm.models import Publication, PublicationFile
from reports.asking import read_posted
from reports.charts import FontMissing
from reports.documents import CONTENT_TYPES
from reports.figures.asked import NotAnswerable
from reports.figures.definitions import UnknownDefinitions
from reports.publishing import finish, run_again
from reports.publishing import publish as publish_edition
from reports.web.entrance import caller_of, may_do, require
from reports.web.pages import publications as pages


@login_required
@require_safe
def published_page(request: HttpRequest) -> HttpResponse:
    """Everything that was published, the newest first."""
    require(request, "report.export")
    return render(request, "reports/published.html", {"page": pages.published_page(request.GET.get("page", ""))})


@login_required
@require_safe
def publication_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One edition. With `?again` it is made again and held against what went out."""
    require(request, "report.export")
    publication = get_object_or_404(Publication.objects.select_related("published_by"), pk=pk)
    again = None
    if "again" in request.GET and publication.state == "published":
        try:
            again = run_again(publication)
        except UnknownDefinitions as refusal:
            messages.error(request, str(refusal))
    shown = pages.publication_page(publication, again, may_publish=may_do(request, "report.publish"))
    return render(request, "reports/publication.html", {"page": shown})


@login_required
@require_safe
def publication_file(request: HttpRequest, pk: UUID, format: str) -> HttpResponseBase:
    """A document exactly as it went out."""
    require(request, "report.export")
    file = get_object_or_404(PublicationFile, publication=pk, format=format)
    try:
        content = file.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(content, as_attachment=True, filename=file.file_name, content_type=CONTENT_TYPES[format])


@login_required
@require_POST
def publish(request: HttpRequest) -> HttpResponse:
    """Publishes the report that the page shows. The form carries the edition's id: pressed twice it is one."""
    require(request, "report.publish")
    now = timezone.now()
    try:
        kind, question = read_posted(request.POST.dict(), now)
        publication = publish_edition(caller_of(request), kind, question, id=UUID(request.POST.get("id", "")))
    except (NotAnswerable, FontMissing) as refusal:
        messages.error(request, str(refusal))
        return redirect("reports:index")
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("reports:index")
    except ValueError as error:
        raise Http404 from error
    messages.success(request, _("Published. These files are kept as they are; nothing can change what they say."))
    return redirect("reports:publication", publication.pk)


@login_required
@require_POST
def publication_finish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Makes the documents of an edition whose making was cut off. Pressed twice at once it is made once."""
    require(request, "report.publish")
    try:
        finish(caller_of(request), get_object_or_404(Publication, pk=pk))
        messages.success(request, _("The files are made. They are kept as they are; nothing can change what they say."))
    except (FontMissing, UnknownDefinitions, Conflict) as refusal:
        messages.error(request, str(refusal))
    return redirect("reports:publication", pk)


# What the tests of the policy read: a page without a rule fails them.
for _verb, _views in (
    ("report.export", (published_page, publication_page, publication_file)),
    ("report.publish", (publish, publication_finish)),
):
    for _view in _views:
        setattr(_view, "verb", _verb)  # noqa: B010
