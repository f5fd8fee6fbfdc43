from datetime import date
from itertools import islice
from typing import Any

from django.db import migrations, models
from django.db.models import Exists, OuterRef, Q

from crm.models import guard
from crm.values.names import folded_lines

_STRONG = ("signed_document", "official_record", "partner_confirmed")
_NARROWED = ["kind", "stage", "standing", "lead_unit_id", "event_id", "is_proven", "is_archived", "disclosure"]
_SHOWN = ["is_archived", "disclosure", "lead_unit_id"]


def fill(apps: Any, schema_editor: Any) -> None:
    """What lists ask of the outcomes that were recorded before. Their words move here."""
    listed, wording = apps.get_model("crm", "ListedOutcome"), apps.get_model("crm", "Wording")
    documents = apps.get_model("crm", "Document").objects.filter(
        outcome=OuterRef("pk"), archived_at=None, grade__in=_STRONG
    )
    entries = apps.get_model("crm", "LedgerEntry").objects.filter(outcome=OuterRef("pk"), evidence_grade__in=_STRONG)
    entries = entries.exclude(reverses__isnull=False).filter(reversed_by=None)
    found = apps.get_model("crm", "Outcome").objects.order_by("created_at", "id")
    proven = set(found.filter(Q(Exists(documents)) | Q(Exists(entries))).values_list("pk", flat=True))
    rows = (_listed(listed, outcome, outcome.pk in proven) for outcome in found.iterator(chunk_size=2000))
    with guard.declared(listed._meta.db_table, wording._meta.db_table):
        while part := list(islice(rows, 2000)):
            listed.objects.bulk_create(part)
        wording.objects.filter(record_type="outcome").delete()


def _listed(listed: Any, outcome: Any, is_proven: bool) -> Any:
    return listed(
        outcome_id=outcome.pk,
        day=outcome.signed_on or date.min,
        is_undated=outcome.signed_on is None,
        created_at=outcome.created_at,
        title=outcome.title,
        kind=outcome.kind,
        stage=outcome.stage,
        standing=outcome.standing,
        disclosure=outcome.disclosure_level,
        lead_unit_id=outcome.lead_unit_id,
        event_id=outcome.event_id,
        is_proven=is_proven,
        is_archived=outcome.archived_at is not None,
        text=folded_lines(outcome.title, outcome.title_as_signed, outcome.code, *outcome.also_called),
        kept=folded_lines(outcome.content, outcome.document_number),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("crm", "0018_publications"),
    ]

    operations = [
        migrations.CreateModel(
            name="ListedOutcome",
            fields=[
                ("outcome_id", models.UUIDField(primary_key=True, serialize=False)),
                ("day", models.DateField()),
                ("is_undated", models.BooleanField()),
                ("created_at", models.DateTimeField()),
                ("title", models.CharField(max_length=500)),
                ("kind", models.CharField(max_length=24)),
                ("stage", models.CharField(max_length=20)),
                ("standing", models.CharField(max_length=12)),
                ("disclosure", models.CharField(max_length=10)),
                ("lead_unit_id", models.UUIDField(db_index=True, null=True)),
                ("event_id", models.UUIDField(db_index=True, null=True)),
                ("is_proven", models.BooleanField()),
                ("is_archived", models.BooleanField()),
                ("text", models.TextField(blank=True)),
                ("kept", models.TextField(blank=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["day", "outcome_id", *_NARROWED], name="listed_by_day"),
                    models.Index(
                        fields=["is_undated", "day", "outcome_id", *_NARROWED], name="listed_by_day_undated_last"
                    ),
                    models.Index(fields=["title", "outcome_id", *_SHOWN], name="listed_by_title"),
                    models.Index(fields=["created_at", "outcome_id", *_SHOWN], name="listed_by_recording"),
                    models.Index(fields=["kind", "-day", "-outcome_id", *_SHOWN], name="listed_by_kind"),
                    models.Index(fields=["kind", "stage", "day", "outcome_id", *_SHOWN], name="listed_by_stage"),
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RemoveField(model_name="wording", name="kept"),
    ]
