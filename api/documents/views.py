"""Documents as evidence: what is said about them. Files are attached on the pages."""

from api.documents.filters import DocumentFilters
from api.documents.serializers import DocumentSerializer
from api.resources import Creates, Deletes, ResourceViewSet, Updates
from crm.actions import documents
from crm.models import Document


class DocumentViewSet(Deletes, Creates, Updates, ResourceViewSet):
    queryset = Document.objects.all()
    serializer_class = DocumentSerializer
    filterset_class = DocumentFilters
    ordering_fields = ("id", "created_at", "updated_at", "dated_on")
    create_action = documents.attach_document
    update_action = documents.update_document
    delete_action = documents.archive_document
