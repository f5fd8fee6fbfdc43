"""Evidence: attaching it, and handing it out as a download."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from crm.actions.documents import attach_document, update_document
from crm.models import Document, Outcome
from crm.web.entrance import FORM, PageRequest, back, back_whole, caller, came_from, found_or_404, is_in_place, page
from crm.web.forms.documents import DocumentChangeForm, DocumentForm, upload_of
from crm.web.pages.archive import place_of
from crm.web.previews import is_previewed, preview_of
from crm.web.refusals import done


@page("document.attach", FORM)
def document_new(request: PageRequest, pk: UUID) -> HttpResponse:
    """Leads back to where it was asked for; a page that lists outcomes shows the form in the place of the line."""
    outcome = found_or_404(request, Outcome, pk=pk)
    told = {"auto_id": f"evidence-{pk}-%s"} if is_in_place(request) else {}
    form = DocumentForm(request.POST or None, request.FILES or None, **told)
    if request.method == "POST":
        saved = form.already_saved() or done(form, lambda: _attach(request, outcome, form))
        if saved:
            messages.success(request, _("The document was attached."))
            return back_whole(request, reverse("outcome", args=[pk]))
    template = "documents/_in_place.html" if is_in_place(request) else "documents/form.html"
    return render(request, template, {"form": form, "outcome": outcome, "came_from": came_from(request)})


@page("document.update", FORM)
def document(request: PageRequest, pk: UUID) -> HttpResponse:
    """What is said about a document. Its file stays: another file is another document."""
    found = found_or_404(request, _with_subject(), pk=pk)
    if found.archived_at is not None:
        return redirect(place_of(found).address)
    form, where = DocumentChangeForm(request.POST or None, record=found), place_of(found)
    if request.method == "POST":
        version = form.cleaned_data["version"] if form.is_valid() else None
        if done(form, lambda: update_document(caller(request), found, version=version, **form.values())):
            messages.success(request, _("The document was saved."))
            return back(request, where.address)
    shown = {"form": form, "document": found, "where": where.address, "came_from": came_from(request)}
    return render(request, "documents/change.html", shown)


def _with_subject() -> "QuerySet[Document]":
    return Document.objects.select_related("outcome", "event", "organisation")


def _attach(request: PageRequest, outcome: Outcome, form: DocumentForm) -> Document:
    upload = upload_of(form.cleaned_data["upload"])
    return attach_document(caller(request), upload, outcome=outcome, **form.values())


@page("record.read")
def document_download(request: PageRequest, pk: UUID) -> HttpResponseBase:
    """Always a download, never run in the page."""
    document = found_or_404(request, Document, pk=pk)
    if not document.file:
        raise Http404
    try:
        content = document.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, as_attachment=True, filename=document.file_name, content_type=document.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    return response


@page("record.read")
def document_preview(request: PageRequest, pk: UUID) -> HttpResponse:
    """The first page as a small picture; of a file that cannot be read the sign that says so, at its own address. A
    document's file never changes: the reader's browser keeps the picture."""
    document = found_or_404(request, Document, pk=pk)
    if not is_previewed(document):
        raise Http404
    drawn = preview_of(document)
    if drawn is None:
        return redirect(static("unreadable.svg"))
    response = HttpResponse(drawn, content_type="image/png")
    patch_cache_control(response, private=True, max_age=86400)
    return response
