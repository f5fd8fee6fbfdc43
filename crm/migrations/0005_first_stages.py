"""Outcomes and their entries recorded before there were stages stand at the first stage of their kind.

Rebuilding a table takes its triggers away on SQLite: they are put back here, after the ledger was filled."""

from typing import Any

from django.db import migrations

from crm.models import guard, triggers
from crm.values.measures import OutcomeKind
from crm.values.stages import first_stage

_TABLES = ("crm_outcome", "crm_historicaloutcome", "crm_ledgerentry")


def fill(apps: Any, schema_editor: Any) -> None:
    triggers.drop(schema_editor.connection)
    with guard.declared(*_TABLES):
        for name in ("Outcome", "HistoricalOutcome", "LedgerEntry"):
            model = apps.get_model("crm", name)
            for kind in OutcomeKind:
                model.objects.filter(kind=kind.value, stage="").update(stage=first_stage(kind).value)
    triggers.create(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("crm", "0004_stages_and_concurrence")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
