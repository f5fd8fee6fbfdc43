import django.db.models.deletion
import simple_history.models
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models

import crm.models.base


class Migration(migrations.Migration):
    dependencies = [
        ("crm", "0039_wording_initials"),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalSimilarOutcomes",
            fields=[
                ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                ("archived_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived")),
                ("history_change_reason", models.TextField(blank=True)),
                ("apart_at", models.DateTimeField(blank=True, null=True, verbose_name="told apart")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "apart_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="crm.outcome",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="crm.outcome",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical similar outcomes",
                "verbose_name_plural": "historical similar outcomess",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="SimilarOutcomes",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                ("archived_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived")),
                ("apart_at", models.DateTimeField(blank=True, null=True, verbose_name="told apart")),
                (
                    "apart_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="crm.outcome"),
                ),
                (
                    "second",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="crm.outcome"),
                ),
            ],
            options={
                "verbose_name": "similar outcomes",
                "constraints": [
                    models.UniqueConstraint(fields=("first", "second"), name="outcome_pair_once"),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))), name="outcome_pair_in_order"
                    ),
                ],
            },
        ),
    ]
