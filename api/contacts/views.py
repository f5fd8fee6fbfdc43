"""Contacts: every one that is shown is logged first."""

from typing import Any

from api.contacts.filters import ContactFilters
from api.contacts.serializers import ContactSerializer
from api.resources import Creates, ResourceViewSet, Updates, caller
from crm.actions import organisations
from crm.actions.personal_data import disclose
from crm.models import Contact


class ContactViewSet(Creates, Updates, ResourceViewSet):
    queryset = Contact.objects.all()
    serializer_class = ContactSerializer
    filterset_class = ContactFilters
    scopes = ("personal",)
    create_action = organisations.record_contact
    update_action = organisations.update_contact

    def represent(self, records: list[Any]) -> list[Any]:
        who = caller(self.request)
        purpose = self.request.headers.get("x-purpose", "")[:300] or "API"
        return super().represent([disclose(who, contact, purpose) for contact in records])
