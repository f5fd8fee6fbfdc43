"""What the first forty migrations come to, for an installation that has none of them. Its tables are empty: nothing of
what they make of older records is to be done."""

import django.core.validators
import django.db.models.deletion
import simple_history.models
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models

import crm.models.base
import crm.models.fields
import crm.models.schedules
import crm.models.webhooks
import crm.values.concurrence
import crm.values.demonstrations
import crm.values.evidence
import crm.values.imports
import crm.values.measures
import crm.values.publications
import crm.values.schedules
import crm.values.webhooks
from crm.models import triggers
from crm.models.made_at_once import MadeAtOnce


class Migration(migrations.Migration):
    initial = True

    dependencies = []
    replaces = [
        ("crm", "0001_initial"),
        ("crm", "0002_append_only"),
        ("crm", "0003_handshake_to_value"),
        ("crm", "0004_stages_and_concurrence"),
        ("crm", "0005_first_stages"),
        ("crm", "0006_saved_filters"),
        ("crm", "0007_bulk_changes"),
        ("crm", "0008_imports"),
        ("crm", "0009_targets"),
        ("crm", "0010_merges"),
        ("crm", "0011_event_days"),
        ("crm", "0012_what_is_closed"),
        ("crm", "0013_by_standing"),
        ("crm", "0014_many_of_any_kind"),
        ("crm", "0015_wordings"),
        ("crm", "0016_amounts_found"),
        ("crm", "0017_notifications"),
        ("crm", "0018_publications"),
        ("crm", "0019_listed_outcomes"),
        ("crm", "0020_found_by_index"),
        ("crm", "0021_ledger_by_class"),
        ("crm", "0022_report_schedules"),
        ("crm", "0023_found_evenly"),
        ("crm", "0024_reports_of_any_kind"),
        ("crm", "0025_the_feed_is_numbered"),
        ("crm", "0026_answers_are_kept"),
        ("crm", "0027_requests_are_counted"),
        ("crm", "0028_event_hosts"),
        ("crm", "0029_webhooks"),
        ("crm", "0030_found_by_initials"),
        ("crm", "0031_import_units"),
        ("crm", "0032_changes_of_others"),
        ("crm", "0033_names_are_free_again"),
        ("crm", "0034_companies_that_stayed"),
        ("crm", "0035_hidden_rows"),
        ("crm", "0036_names_of_a_record"),
        ("crm", "0037_hidden_columns"),
        ("crm", "0038_what_a_reader_was_told"),
        ("crm", "0039_wording_initials"),
        ("crm", "0040_similar_outcomes"),
    ]

    operations = [
        MadeAtOnce(
            [
                migrations.CreateModel(
                    name="Account",
                    fields=[
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        (
                            "id",
                            models.UUIDField(
                                default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        (
                            "username",
                            models.CharField(
                                max_length=60,
                                unique=True,
                                validators=[django.core.validators.RegexValidator("^[a-z0-9][a-z0-9._-]*\\Z")],
                                verbose_name="user name",
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("officer", "Officer"),
                                    ("team_lead", "Team lead"),
                                    ("division_head", "Division head"),
                                    ("bureau_head", "Bureau head"),
                                    ("leadership", "Leadership"),
                                    ("administrator", "Administrator"),
                                    ("api_client", "API client"),
                                ],
                                max_length=20,
                                verbose_name="role",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                        ("language", models.CharField(default="ko", max_length=2, verbose_name="language")),
                        ("wants_digest", models.BooleanField(default=True, verbose_name="daily digest")),
                        (
                            "org_unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="crm.orgunit",
                                verbose_name="org unit",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ApiToken",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("label", models.CharField(max_length=120, verbose_name="label")),
                        ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                        ("scopes", models.JSONField(default=list, verbose_name="scopes")),
                        ("expires_at", models.DateTimeField(verbose_name="expires")),
                        ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked")),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tokens",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="account",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Demonstration",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("title", models.CharField(max_length=500, verbose_name="title")),
                        ("technology", models.CharField(max_length=300, verbose_name="technology")),
                        ("testbed_site", models.CharField(blank=True, max_length=200, verbose_name="testbed site")),
                        ("starts_on", models.DateField(blank=True, null=True, verbose_name="first day")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                        (
                            "cost_city",
                            crm.models.fields.ExactDecimalField(
                                blank=True, null=True, places=4, verbose_name="cost borne by the city"
                            ),
                        ),
                        (
                            "cost_own",
                            crm.models.fields.ExactDecimalField(
                                blank=True, null=True, places=4, verbose_name="cost borne by the applicant"
                            ),
                        ),
                        ("cost_currency", models.CharField(default="KRW", max_length=3, verbose_name="currency")),
                        ("regulatory_issue", models.TextField(blank=True, verbose_name="regulatory issue")),
                        (
                            "regulatory_path",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("rapid_confirmation", "Rapid confirmation"),
                                    ("test_exemption", "Test exemption"),
                                    ("temporary_permit", "Temporary permit"),
                                ],
                                max_length=20,
                                verbose_name="regulatory path",
                            ),
                        ),
                        ("permit_number", models.CharField(blank=True, max_length=120, verbose_name="permit number")),
                        ("permit_expires_on", models.DateField(blank=True, null=True, verbose_name="permit expires")),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("prepared", "Prepared"),
                                    ("running", "Running"),
                                    ("completed", "Completed"),
                                    ("certified", "Certified"),
                                    ("stopped", "Stopped"),
                                ],
                                default=crm.values.demonstrations.DemonstrationStage["PREPARED"],
                                max_length=12,
                                verbose_name="stage",
                            ),
                        ),
                        (
                            "verdict",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("succeeded", "Succeeded"),
                                    ("partly", "Succeeded in part"),
                                    ("failed", "Failed"),
                                ],
                                max_length=10,
                                verbose_name="verdict",
                            ),
                        ),
                        ("result", models.TextField(blank=True, verbose_name="result")),
                        (
                            "certificate_number",
                            models.CharField(blank=True, max_length=120, verbose_name="certificate number"),
                        ),
                        (
                            "certificate_on",
                            models.DateField(blank=True, null=True, verbose_name="date of the certificate"),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        (
                            "disclosure_level",
                            models.CharField(
                                choices=[("open", "Open"), ("partly", "Partly open"), ("closed", "Closed")],
                                default=crm.values.measures.Disclosure["OPEN"],
                                max_length=10,
                                verbose_name="disclosure",
                            ),
                        ),
                        (
                            "applicant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="demonstrations",
                                to="crm.organisation",
                                verbose_name="applicant",
                            ),
                        ),
                        (
                            "lead_unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="led_demonstrations",
                                to="crm.orgunit",
                                verbose_name="lead unit",
                            ),
                        ),
                        (
                            "site_unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.orgunit",
                                verbose_name="unit that runs the site",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "demonstration",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True),
                                    ("starts_on__isnull", True),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="demonstration_ends_after_it_begins",
                                violation_error_message="The period ends before it begins.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Event",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("code", models.SlugField(blank=True, max_length=60, verbose_name="code")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("trade_show", "Trade show"),
                                    ("delegation", "Delegation"),
                                    ("trade_mission", "Trade mission"),
                                    ("export_meet", "Export consultation event"),
                                    ("pitch_competition", "Pitch competition"),
                                    ("briefing", "Briefing"),
                                ],
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=200, verbose_name="English name")),
                        ("country", models.CharField(blank=True, max_length=2, verbose_name="country")),
                        ("city", models.CharField(blank=True, max_length=120, verbose_name="city")),
                        ("places", models.JSONField(blank=True, default=list, verbose_name="places")),
                        ("timezone", models.CharField(blank=True, max_length=60, verbose_name="time zone")),
                        ("starts_on", models.DateField(verbose_name="first day")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                        ("host", models.CharField(blank=True, max_length=200, verbose_name="host")),
                        ("operator", models.CharField(blank=True, max_length=200, verbose_name="operator")),
                        ("sponsor", models.CharField(blank=True, max_length=200, verbose_name="sponsor")),
                        (
                            "pavilion",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("joint_pavilion", "Joint pavilion"),
                                    ("korea_pavilion", "Integrated Korea pavilion"),
                                    ("individual", "Individual"),
                                ],
                                max_length=20,
                                verbose_name="pavilion",
                            ),
                        ),
                        ("pavilion_brand", models.CharField(blank=True, max_length=120, verbose_name="pavilion brand")),
                        (
                            "pavilion_operator",
                            models.CharField(blank=True, max_length=120, verbose_name="pavilion operator"),
                        ),
                        (
                            "pavilion_first_time",
                            models.BooleanField(blank=True, null=True, verbose_name="first pavilion of its kind"),
                        ),
                        (
                            "pavilion_products",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="products shown"),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        (
                            "lead_unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="crm.orgunit",
                                verbose_name="lead unit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "event",
                        "indexes": [models.Index(fields=["-starts_on", "id"], name="crm_event_starts__ac9302_idx")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                                ),
                                name="event_ends_after_it_begins",
                                violation_error_message="The event ends before it begins.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FeedState",
                    fields=[
                        ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                        ("epoch", models.UUIDField(default=uuid_utils.compat.uuid7)),
                        ("is_first", models.BooleanField(default=True)),
                        ("head", models.BigIntegerField(default=0)),
                        ("floor", models.BigIntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name="WebhookDelivery",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("type", models.CharField(max_length=30)),
                        ("record_id", models.UUIDField()),
                        ("record_version", models.PositiveIntegerField()),
                        ("seq", models.BigIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waiting"),
                                    ("delivered", "Delivered"),
                                    ("failed", "Not delivered"),
                                ],
                                default=crm.values.webhooks.DeliveryState["WAITING"],
                                max_length=10,
                            ),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("created_at", models.DateTimeField()),
                        ("next_attempt_at", models.DateTimeField(null=True)),
                        ("claim", models.UUIDField(null=True)),
                        ("claimed_until", models.DateTimeField(null=True)),
                        ("ended_at", models.DateTimeField(null=True)),
                        ("last_status", models.PositiveSmallIntegerField(null=True)),
                        (
                            "last_fault",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("not_allowed", "The target is on no allow-list: nothing was sent"),
                                    ("unknown_name", "The name of the host is not known"),
                                    ("no_connection", "No connection"),
                                    ("too_slow", "No answer in time"),
                                    ("wrong_certificate", "The certificate is not valid for this host"),
                                    ("broken_answer", "The answer is none of HTTP"),
                                    ("refused", "Answered with an error"),
                                    ("cut_off", "Cut off: it may have arrived"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "endpoint",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliveries",
                                to="crm.webhookendpoint",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["endpoint", "-created_at", "-id"], name="hooks_latest"),
                            models.Index(
                                condition=models.Q(("state", "waiting")),
                                fields=["endpoint", "next_attempt_at"],
                                name="hooks_waiting",
                            ),
                            models.Index(
                                condition=models.Q(("state", "delivered")), fields=["ended_at"], name="hooks_ended"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TokenUse",
                    fields=[
                        (
                            "token",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="+",
                                serialize=False,
                                to="crm.apitoken",
                            ),
                        ),
                        ("minute", models.BigIntegerField()),
                        ("used", models.PositiveIntegerField()),
                    ],
                ),
                migrations.CreateModel(
                    name="BulkChange",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("subject", models.CharField(default="outcome", max_length=40, verbose_name="kind")),
                        ("column", models.CharField(max_length=40, verbose_name="field")),
                        ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                        ("lines", models.JSONField(default=list)),
                        ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="undone")),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "change of many",
                        "ordering": ["-created_at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="CalendarFeed",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                        ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked")),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="calendar_feeds",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="DemonstrationStep",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        (
                            "from_stage",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("prepared", "Prepared"),
                                    ("running", "Running"),
                                    ("completed", "Completed"),
                                    ("certified", "Certified"),
                                    ("stopped", "Stopped"),
                                ],
                                max_length=12,
                                verbose_name="from stage",
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("prepared", "Prepared"),
                                    ("running", "Running"),
                                    ("completed", "Completed"),
                                    ("certified", "Certified"),
                                    ("stopped", "Stopped"),
                                ],
                                max_length=12,
                                verbose_name="stage",
                            ),
                        ),
                        ("taken_on", models.DateField(verbose_name="taken on")),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        (
                            "demonstration",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="crm.demonstration",
                            ),
                        ),
                        (
                            "taken_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "step",
                        "ordering": ["created_at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="ExternalId",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("record_type", models.CharField(max_length=30)),
                        ("record_id", models.UUIDField()),
                        ("source", models.CharField(max_length=60, verbose_name="source")),
                        ("value", models.CharField(max_length=200, verbose_name="value")),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("archived_at", None)),
                                fields=("source", "record_type", "value"),
                                name="external_id_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("archived_at", None)),
                                fields=("record_id", "record_type", "source"),
                                name="one_external_id_a_source",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FeedReader",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sight", models.CharField(max_length=64)),
                        ("changed_at_seq", models.BigIntegerField(default=0)),
                        ("told", models.JSONField(default=dict)),
                        (
                            "token",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="crm.apitoken"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="FollowUpRule",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        (
                            "trigger",
                            models.CharField(
                                choices=[
                                    ("cadence", "Regular check"),
                                    ("deadline_near", "Deadline near"),
                                    ("no_contact", "No recent contact"),
                                    ("concurrence_pending", "Concurrence pending"),
                                    ("evidence_missing", "Evidence missing"),
                                    ("yearly_figure_due", "Yearly figure due"),
                                    ("permit_expiring", "Permit near expiry"),
                                    ("escalation", "Escalation"),
                                ],
                                max_length=20,
                                verbose_name="trigger",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("expected_contract", "Expected contract"),
                                    ("purchase_loi", "Purchase letter of intent"),
                                    ("onsite_contract", "On-site contract"),
                                    ("export_contract", "Export contract"),
                                    ("realised_export", "Realised export"),
                                    ("investment_loi", "Investment letter of intent"),
                                    ("investment_mou", "Investment MOU"),
                                    ("definitive_agreement", "Definitive agreement"),
                                    ("fdi_notified", "FDI notified"),
                                    ("fdi_arrived", "FDI arrived"),
                                    ("groundbreaking", "Groundbreaking"),
                                    ("completion", "Completion"),
                                    ("operation", "Operation"),
                                    ("business_mou", "Business MOU"),
                                    ("promise", "Promise of further talks"),
                                    ("demonstration", "Demonstration agreement"),
                                    ("pavilion_operation", "Pavilion operation"),
                                ],
                                max_length=24,
                                verbose_name="kind",
                            ),
                        ),
                        ("offsets", models.JSONField(blank=True, default=list, verbose_name="offsets")),
                    ],
                    options={
                        "verbose_name": "follow-up rule",
                        "constraints": [
                            models.UniqueConstraint(fields=("trigger", "kind"), name="one_rule_a_trigger_and_kind")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FxRate",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("currency", models.CharField(max_length=3, verbose_name="currency")),
                        ("on", models.DateField(verbose_name="on")),
                        ("per", models.PositiveSmallIntegerField(default=1, verbose_name="per")),
                        ("rate", crm.models.fields.ExactDecimalField(places=6, verbose_name="rate")),
                        ("source", models.CharField(max_length=200, verbose_name="source")),
                    ],
                    options={
                        "verbose_name": "exchange rate",
                        "constraints": [
                            models.UniqueConstraint(fields=("currency", "on"), name="one_rate_a_day"),
                            models.CheckConstraint(condition=models.Q(("rate__gt", 0)), name="rate_is_positive"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalApiToken",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        ("label", models.CharField(max_length=120, verbose_name="label")),
                        ("scopes", models.JSONField(default=list, verbose_name="scopes")),
                        ("expires_at", models.DateTimeField(verbose_name="expires")),
                        ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "account",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="account",
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
                    ],
                    options={
                        "verbose_name": "historical api token",
                        "verbose_name_plural": "historical api tokens",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalBulkChange",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        ("subject", models.CharField(default="outcome", max_length=40, verbose_name="kind")),
                        ("column", models.CharField(max_length=40, verbose_name="field")),
                        ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                        ("lines", models.JSONField(default=list)),
                        ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="undone")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "author",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who",
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
                    ],
                    options={
                        "verbose_name": "historical change of many",
                        "verbose_name_plural": "historical change of manys",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalCalendarFeed",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "account",
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
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical calendar feed",
                        "verbose_name_plural": "historical calendar feeds",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalDelegation",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        (
                            "capacity",
                            models.CharField(
                                choices=[
                                    ("own", "In one's own right"),
                                    ("delegated", "Delegated"),
                                    ("acting", "Acting"),
                                ],
                                default=crm.values.concurrence.Capacity["ACTING"],
                                max_length=10,
                                verbose_name="capacity",
                            ),
                        ),
                        ("from_on", models.DateField(verbose_name="from")),
                        ("until_on", models.DateField(blank=True, null=True, verbose_name="until")),
                        ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "deputy",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="deputy",
                            ),
                        ),
                        (
                            "giver",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="in whose place",
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
                    ],
                    options={
                        "verbose_name": "historical delegation",
                        "verbose_name_plural": "historical delegations",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalDemonstrationKpi",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        ("name", models.CharField(max_length=200, verbose_name="measured quantity")),
                        ("unit", models.CharField(blank=True, max_length=40, verbose_name="unit of measurement")),
                        ("target", crm.models.fields.ExactDecimalField(places=4, verbose_name="target")),
                        (
                            "measured",
                            crm.models.fields.ExactDecimalField(
                                blank=True, null=True, places=4, verbose_name="measured"
                            ),
                        ),
                        ("measured_on", models.DateField(blank=True, null=True, verbose_name="measured on")),
                        ("lower_is_better", models.BooleanField(default=False, verbose_name="lower is better")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "demonstration",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.demonstration",
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
                    ],
                    options={
                        "verbose_name": "historical KPI",
                        "verbose_name_plural": "historical KPIs",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalDemonstrationStep",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        (
                            "from_stage",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("prepared", "Prepared"),
                                    ("running", "Running"),
                                    ("completed", "Completed"),
                                    ("certified", "Certified"),
                                    ("stopped", "Stopped"),
                                ],
                                max_length=12,
                                verbose_name="from stage",
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("prepared", "Prepared"),
                                    ("running", "Running"),
                                    ("completed", "Completed"),
                                    ("certified", "Certified"),
                                    ("stopped", "Stopped"),
                                ],
                                max_length=12,
                                verbose_name="stage",
                            ),
                        ),
                        ("taken_on", models.DateField(verbose_name="taken on")),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "demonstration",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.demonstration",
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
                            "taken_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical step",
                        "verbose_name_plural": "historical steps",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalDigestMail",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        ("on", models.DateField()),
                        ("lines", models.PositiveIntegerField(default=0)),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        ("error", models.TextField(blank=True)),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "account",
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
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical digest mail",
                        "verbose_name_plural": "historical digest mails",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalEventClaim",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        ("measure", models.CharField(max_length=60, verbose_name="what is claimed")),
                        ("value", models.CharField(max_length=200, verbose_name="value")),
                        ("as_of", models.DateField(blank=True, null=True, verbose_name="as of")),
                        ("source", models.CharField(max_length=300, verbose_name="source")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("confirmed", "Confirmed"),
                                    ("disputed", "Disputed"),
                                    ("superseded", "Superseded"),
                                    ("unreviewed", "Not reviewed"),
                                ],
                                default=crm.values.measures.ClaimStatus["UNREVIEWED"],
                                max_length=12,
                                verbose_name="status",
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.event",
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
                    ],
                    options={
                        "verbose_name": "historical event claim",
                        "verbose_name_plural": "historical event claims",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalEventCost",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        ("item", models.CharField(max_length=200, verbose_name="item")),
                        (
                            "payer",
                            models.CharField(
                                choices=[
                                    ("city", "City funds"),
                                    ("state", "State funds"),
                                    ("own", "Borne by the exhibitors"),
                                    ("other", "Other funds"),
                                ],
                                default=crm.values.measures.Payer["CITY"],
                                max_length=12,
                                verbose_name="borne by",
                            ),
                        ),
                        ("amount", crm.models.fields.ExactDecimalField(places=4, verbose_name="amount")),
                        ("currency", models.CharField(max_length=3, verbose_name="currency")),
                        ("source", models.CharField(max_length=300, verbose_name="source")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.event",
                                verbose_name="event",
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
                    ],
                    options={
                        "verbose_name": "historical cost",
                        "verbose_name_plural": "historical costs",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalExternalId",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        ("record_type", models.CharField(max_length=30)),
                        ("record_id", models.UUIDField()),
                        ("source", models.CharField(max_length=60, verbose_name="source")),
                        ("value", models.CharField(max_length=200, verbose_name="value")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
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
                    ],
                    options={
                        "verbose_name": "historical external id",
                        "verbose_name_plural": "historical external ids",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalFollowUpRule",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        (
                            "trigger",
                            models.CharField(
                                choices=[
                                    ("cadence", "Regular check"),
                                    ("deadline_near", "Deadline near"),
                                    ("no_contact", "No recent contact"),
                                    ("concurrence_pending", "Concurrence pending"),
                                    ("evidence_missing", "Evidence missing"),
                                    ("yearly_figure_due", "Yearly figure due"),
                                    ("permit_expiring", "Permit near expiry"),
                                    ("escalation", "Escalation"),
                                ],
                                max_length=20,
                                verbose_name="trigger",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("expected_contract", "Expected contract"),
                                    ("purchase_loi", "Purchase letter of intent"),
                                    ("onsite_contract", "On-site contract"),
                                    ("export_contract", "Export contract"),
                                    ("realised_export", "Realised export"),
                                    ("investment_loi", "Investment letter of intent"),
                                    ("investment_mou", "Investment MOU"),
                                    ("definitive_agreement", "Definitive agreement"),
                                    ("fdi_notified", "FDI notified"),
                                    ("fdi_arrived", "FDI arrived"),
                                    ("groundbreaking", "Groundbreaking"),
                                    ("completion", "Completion"),
                                    ("operation", "Operation"),
                                    ("business_mou", "Business MOU"),
                                    ("promise", "Promise of further talks"),
                                    ("demonstration", "Demonstration agreement"),
                                    ("pavilion_operation", "Pavilion operation"),
                                ],
                                max_length=24,
                                verbose_name="kind",
                            ),
                        ),
                        ("offsets", models.JSONField(blank=True, default=list, verbose_name="offsets")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
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
                    ],
                    options={
                        "verbose_name": "historical follow-up rule",
                        "verbose_name_plural": "historical follow-up rules",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalFxRate",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        ("currency", models.CharField(max_length=3, verbose_name="currency")),
                        ("on", models.DateField(verbose_name="on")),
                        ("per", models.PositiveSmallIntegerField(default=1, verbose_name="per")),
                        ("rate", crm.models.fields.ExactDecimalField(places=6, verbose_name="rate")),
                        ("source", models.CharField(max_length=200, verbose_name="source")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
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
                    ],
                    options={
                        "verbose_name": "historical exchange rate",
                        "verbose_name_plural": "historical exchange rates",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalPitchCriterion",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        ("name", models.CharField(max_length=120, verbose_name="criterion")),
                        ("weight", crm.models.fields.ExactDecimalField(places=2, verbose_name="weight")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.event",
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
                    ],
                    options={
                        "verbose_name": "historical criterion",
                        "verbose_name_plural": "historical criterions",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalPublication",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        ("report", models.CharField(max_length=30, verbose_name="report")),
                        ("asked", models.JSONField(blank=True, default=dict)),
                        ("about", models.CharField(max_length=120)),
                        ("edition", models.PositiveSmallIntegerField(verbose_name="edition")),
                        ("as_of", models.DateTimeField(verbose_name="as of")),
                        ("language", models.CharField(max_length=5, verbose_name="language")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("closed", "As-of time closed, documents being made"),
                                    ("published", "Published"),
                                ],
                                default=crm.values.publications.PublicationState["CLOSED"],
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("title", models.CharField(blank=True, max_length=300, verbose_name="title")),
                        ("figures_hash", models.CharField(blank=True, max_length=64)),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
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
                            "published_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="published by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical publication",
                        "verbose_name_plural": "historical publications",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalReportSchedule",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        ("report", models.CharField(default="quarterly", max_length=30, verbose_name="report")),
                        (
                            "language",
                            models.CharField(
                                choices=[("ko", "한국어"), ("en", "English")],
                                default="ko",
                                max_length=5,
                                verbose_name="language",
                            ),
                        ),
                        (
                            "formats",
                            models.JSONField(
                                default=list, validators=[crm.models.schedules.refuse_formats], verbose_name="formats"
                            ),
                        ),
                        (
                            "covers",
                            models.CharField(
                                choices=[
                                    ("last_quarter", "The last quarter that has ended"),
                                    ("this_quarter", "The running quarter, up to then"),
                                ],
                                default=crm.values.schedules.Covered["LAST_QUARTER"],
                                max_length=20,
                                verbose_name="quarter told",
                            ),
                        ),
                        (
                            "rhythm",
                            models.CharField(
                                choices=[
                                    ("quarterly", "Days after the quarter's end"),
                                    ("monthly", "Day of the month"),
                                    ("weekly", "Day of the week (Monday is 1)"),
                                ],
                                default=crm.values.schedules.Rhythm["QUARTERLY"],
                                max_length=10,
                                verbose_name="rhythm",
                            ),
                        ),
                        ("day", models.PositiveSmallIntegerField(verbose_name="on day")),
                        ("starts_on", models.DateField()),
                        (
                            "recipients",
                            models.JSONField(
                                blank=True,
                                default=list,
                                validators=[crm.models.schedules.refuse_recipients],
                                verbose_name="recipients",
                            ),
                        ),
                        ("publishes", models.BooleanField(default=False, verbose_name="publish as an edition")),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="set by",
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
                    ],
                    options={
                        "verbose_name": "historical report schedule",
                        "verbose_name_plural": "historical report schedules",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalSavedFilter",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        ("place", models.CharField(max_length=40, verbose_name="list")),
                        ("name", models.CharField(max_length=80, verbose_name="name")),
                        ("query", models.CharField(blank=True, max_length=2000, verbose_name="filters")),
                        ("is_shared", models.BooleanField(default=False, verbose_name="shared with all")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
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
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="owner",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical saved filter",
                        "verbose_name_plural": "historical saved filters",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalWebhookEndpoint",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        ("label", models.CharField(max_length=120, verbose_name="label")),
                        ("address", models.CharField(max_length=500, verbose_name="address")),
                        (
                            "types",
                            models.JSONField(
                                blank=True,
                                default=list,
                                validators=[crm.models.webhooks.refuse_types],
                                verbose_name="types",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
                        ("switched_off_at", models.DateTimeField(blank=True, null=True, verbose_name="switched off")),
                        (
                            "switched_off_why",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("by_hand", "Switched off by hand"),
                                    ("unreachable", "Switched off: not delivered for 76 hours"),
                                    ("gone", "Switched off: the target answered that it is gone (410)"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "account",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="client",
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
                    ],
                    options={
                        "verbose_name": "historical webhook",
                        "verbose_name_plural": "historical webhooks",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
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
                        ("initials", models.TextField(blank=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=[
                                    "day",
                                    "outcome_id",
                                    "kind",
                                    "stage",
                                    "standing",
                                    "lead_unit_id",
                                    "event_id",
                                    "is_proven",
                                    "is_archived",
                                    "disclosure",
                                ],
                                name="listed_by_day",
                            ),
                            models.Index(
                                fields=[
                                    "is_undated",
                                    "day",
                                    "outcome_id",
                                    "kind",
                                    "stage",
                                    "standing",
                                    "lead_unit_id",
                                    "event_id",
                                    "is_proven",
                                    "is_archived",
                                    "disclosure",
                                ],
                                name="listed_by_day_undated_last",
                            ),
                            models.Index(
                                fields=["title", "outcome_id", "is_archived", "disclosure", "lead_unit_id"],
                                name="listed_by_title",
                            ),
                            models.Index(
                                fields=["created_at", "outcome_id", "is_archived", "disclosure", "lead_unit_id"],
                                name="listed_by_recording",
                            ),
                            models.Index(
                                fields=["kind", "-day", "-outcome_id", "is_archived", "disclosure", "lead_unit_id"],
                                name="listed_by_kind",
                            ),
                            models.Index(
                                fields=[
                                    "kind",
                                    "stage",
                                    "day",
                                    "outcome_id",
                                    "is_archived",
                                    "disclosure",
                                    "lead_unit_id",
                                    "created_at",
                                ],
                                name="listed_by_stage",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Organisation",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("name", models.CharField(max_length=500, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=500, verbose_name="English name")),
                        ("key", models.CharField(editable=False, max_length=500)),
                        ("initials", models.CharField(editable=False, max_length=500)),
                        ("country", models.CharField(blank=True, max_length=2, verbose_name="country")),
                        ("region", models.CharField(blank=True, max_length=120, verbose_name="region")),
                        ("sector", models.CharField(blank=True, max_length=200, verbose_name="sector")),
                        (
                            "business_registration_number",
                            models.CharField(blank=True, max_length=12, verbose_name="business registration number"),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merged_here",
                                to="crm.organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "organisation",
                        "indexes": [
                            models.Index(fields=["key", "id"], name="crm_organis_key_f8a188_idx"),
                            models.Index(fields=["initials"], name="crm_organis_initial_cd4140_idx"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    models.Q(("business_registration_number", ""), _negated=True),
                                    ("archived_at__isnull", True),
                                ),
                                fields=("business_registration_number",),
                                name="registration_number_once",
                                violation_error_message="Another organisation has this business registration number.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Merge",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("reason", models.CharField(max_length=300, verbose_name="reason")),
                        ("moved", models.JSONField(blank=True, default=list)),
                        ("taken", models.JSONField(blank=True, default=dict)),
                        ("names", models.JSONField(blank=True, default=list)),
                        ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="undone")),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who",
                            ),
                        ),
                        (
                            "gone",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merges_away",
                                to="crm.organisation",
                            ),
                        ),
                        (
                            "kept",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merges",
                                to="crm.organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "merge",
                        "ordering": ["-created_at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Judge",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="judge")),
                        ("affiliation", models.CharField(blank=True, max_length=200, verbose_name="affiliation")),
                        (
                            "event",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="judges", to="crm.event"
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.organisation",
                                verbose_name="organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "judge",
                        "ordering": ["created_at", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("archived_at__isnull", True)),
                                fields=("event", "name"),
                                name="judge_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalSimilarPair",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        ("is_same_key", models.BooleanField(default=False)),
                        ("apart_at", models.DateTimeField(blank=True, null=True, verbose_name="told apart")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
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
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
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
                                to="crm.organisation",
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
                                to="crm.organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical similar organisations",
                        "verbose_name_plural": "historical similar organisationss",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalPitchEntry",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        ("title", models.CharField(max_length=500, verbose_name="title")),
                        ("technology", models.CharField(blank=True, max_length=300, verbose_name="technology")),
                        (
                            "round",
                            models.CharField(
                                choices=[("applied", "Applied"), ("screened", "Screened"), ("finals", "Finals")],
                                default=crm.values.demonstrations.PitchRound["APPLIED"],
                                max_length=10,
                                verbose_name="round",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("running", "Running"),
                                    ("awarded", "Awarded"),
                                    ("out", "Out"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default=crm.values.demonstrations.PitchStatus["RUNNING"],
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("place", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="place")),
                        ("award", models.CharField(blank=True, max_length=200, verbose_name="award")),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.event",
                                verbose_name="pitch competition",
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
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.organisation",
                                verbose_name="applicant",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical pitch",
                        "verbose_name_plural": "historical pitchs",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalParticipation",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        (
                            "pavilion",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("joint_pavilion", "Joint pavilion"),
                                    ("korea_pavilion", "Integrated Korea pavilion"),
                                    ("individual", "Individual"),
                                ],
                                max_length=20,
                                verbose_name="pavilion",
                            ),
                        ),
                        ("from_region", models.BooleanField(blank=True, null=True, verbose_name="from the region")),
                        (
                            "supported_by_city",
                            models.BooleanField(blank=True, null=True, verbose_name="supported by the city"),
                        ),
                        (
                            "support_source",
                            models.CharField(blank=True, max_length=200, verbose_name="source of support"),
                        ),
                        (
                            "support_amount",
                            crm.models.fields.ExactDecimalField(
                                blank=True, null=True, places=4, verbose_name="amount of support"
                            ),
                        ),
                        ("support_currency", models.CharField(blank=True, max_length=3, verbose_name="currency")),
                        ("products", models.CharField(blank=True, max_length=300, verbose_name="products shown")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.event",
                                verbose_name="event",
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
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.organisation",
                                verbose_name="organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical participation",
                        "verbose_name_plural": "historical participations",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalOrganisationAlias",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        ("name", models.CharField(max_length=500, verbose_name="alias")),
                        ("key", models.CharField(db_index=True, editable=False, max_length=500)),
                        ("initials", models.CharField(editable=False, max_length=500)),
                        ("language", models.CharField(blank=True, max_length=8, verbose_name="language")),
                        ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
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
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical organisation alias",
                        "verbose_name_plural": "historical organisation aliass",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalOrganisation",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        ("name", models.CharField(max_length=500, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=500, verbose_name="English name")),
                        ("key", models.CharField(editable=False, max_length=500)),
                        ("initials", models.CharField(editable=False, max_length=500)),
                        ("country", models.CharField(blank=True, max_length=2, verbose_name="country")),
                        ("region", models.CharField(blank=True, max_length=120, verbose_name="region")),
                        ("sector", models.CharField(blank=True, max_length=200, verbose_name="sector")),
                        (
                            "business_registration_number",
                            models.CharField(blank=True, max_length=12, verbose_name="business registration number"),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
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
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical organisation",
                        "verbose_name_plural": "historical organisations",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalMerge",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        ("reason", models.CharField(max_length=300, verbose_name="reason")),
                        ("moved", models.JSONField(blank=True, default=list)),
                        ("taken", models.JSONField(blank=True, default=dict)),
                        ("names", models.JSONField(blank=True, default=list)),
                        ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="undone")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "author",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who",
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
                            "gone",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.organisation",
                            ),
                        ),
                        (
                            "kept",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical merge",
                        "verbose_name_plural": "historical merges",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalJudge",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        ("name", models.CharField(max_length=120, verbose_name="judge")),
                        ("affiliation", models.CharField(blank=True, max_length=200, verbose_name="affiliation")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.event",
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
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.organisation",
                                verbose_name="organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical judge",
                        "verbose_name_plural": "historical judges",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalContact",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        ("position", models.CharField(blank=True, max_length=120, verbose_name="position")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                        ("phone", models.CharField(blank=True, max_length=20, verbose_name="phone")),
                        ("phone_as_typed", models.CharField(blank=True, editable=False, max_length=60)),
                        ("legal_basis", models.CharField(max_length=200, verbose_name="legal basis")),
                        ("retention_until", models.DateField(verbose_name="kept until")),
                        ("purged_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
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
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.organisation",
                                verbose_name="organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical contact",
                        "verbose_name_plural": "historical contacts",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalConsultation",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        ("met_on", models.DateField(verbose_name="met on")),
                        ("content", models.TextField(blank=True, verbose_name="content")),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.event",
                                verbose_name="event",
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
                            "buyer",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.organisation",
                                verbose_name="buyer",
                            ),
                        ),
                        (
                            "exhibitor",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.organisation",
                                verbose_name="exhibitor",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical consultation",
                        "verbose_name_plural": "historical consultations",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Document",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("title", models.CharField(max_length=300, verbose_name="title")),
                        (
                            "grade",
                            models.CharField(
                                choices=[
                                    ("signed_document", "Signed document"),
                                    ("official_record", "Official record"),
                                    ("partner_confirmed", "Confirmed by the partner"),
                                    ("city_statement", "City statement"),
                                    ("press", "Press"),
                                    ("verbal", "Verbal"),
                                ],
                                max_length=20,
                                verbose_name="evidence grade",
                            ),
                        ),
                        ("file", models.FileField(blank=True, max_length=200, upload_to="", verbose_name="file")),
                        ("file_name", models.CharField(blank=True, editable=False, max_length=200)),
                        ("media_type", models.CharField(blank=True, editable=False, max_length=100)),
                        ("size", models.PositiveBigIntegerField(blank=True, editable=False, null=True)),
                        ("sha256", models.CharField(blank=True, editable=False, max_length=64)),
                        (
                            "document_number",
                            models.CharField(blank=True, max_length=120, verbose_name="document number"),
                        ),
                        ("dated_on", models.DateField(blank=True, null=True, verbose_name="dated")),
                        ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                        (
                            "event",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="documents",
                                to="crm.event",
                                verbose_name="event",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="documents",
                                to="crm.organisation",
                                verbose_name="organisation",
                            ),
                        ),
                        (
                            "outcome",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="documents",
                                to="crm.outcome",
                                verbose_name="outcome",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "document",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("file", ""), _negated=True),
                                    models.Q(("document_number", ""), _negated=True),
                                    models.Q(("source", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="document_can_be_found",
                                violation_error_message="Attach a file, or give the document number or the source.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("outcome__isnull", False),
                                    ("event__isnull", False),
                                    ("organisation__isnull", False),
                                    _connector="OR",
                                ),
                                name="document_is_about_something",
                                violation_error_message="Say what the document is evidence for.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Contact",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        ("position", models.CharField(blank=True, max_length=120, verbose_name="position")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                        ("phone", models.CharField(blank=True, max_length=20, verbose_name="phone")),
                        ("phone_as_typed", models.CharField(blank=True, editable=False, max_length=60)),
                        ("legal_basis", models.CharField(max_length=200, verbose_name="legal basis")),
                        ("retention_until", models.DateField(verbose_name="kept until")),
                        ("purged_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contacts",
                                to="crm.organisation",
                                verbose_name="organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "contact",
                    },
                ),
                migrations.CreateModel(
                    name="Consultation",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("met_on", models.DateField(verbose_name="met on")),
                        ("content", models.TextField(blank=True, verbose_name="content")),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        (
                            "event",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consultations",
                                to="crm.event",
                                verbose_name="event",
                            ),
                        ),
                        (
                            "buyer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consultations_had",
                                to="crm.organisation",
                                verbose_name="buyer",
                            ),
                        ),
                        (
                            "exhibitor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consultations_given",
                                to="crm.organisation",
                                verbose_name="exhibitor",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "consultation",
                    },
                ),
                migrations.CreateModel(
                    name="OrganisationAlias",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("name", models.CharField(max_length=500, verbose_name="alias")),
                        ("key", models.CharField(db_index=True, editable=False, max_length=500)),
                        ("initials", models.CharField(editable=False, max_length=500)),
                        ("language", models.CharField(blank=True, max_length=8, verbose_name="language")),
                        ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="aliases",
                                to="crm.organisation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name", "id"],
                        "indexes": [models.Index(fields=["initials"], name="crm_organis_initial_bd69d5_idx")],
                    },
                ),
                migrations.CreateModel(
                    name="OrgUnit",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("code", models.SlugField(blank=True, max_length=60, verbose_name="code")),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=120, verbose_name="English name")),
                        (
                            "level",
                            models.CharField(
                                choices=[("bureau", "Bureau"), ("division", "Division"), ("team", "Team")],
                                default=crm.values.measures.UnitLevel["BUREAU"],
                                max_length=10,
                                verbose_name="level",
                            ),
                        ),
                        ("valid_from", models.DateField(blank=True, null=True, verbose_name="in force from")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="in force until")),
                        (
                            "parent_unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="subunits",
                                to="crm.orgunit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "org unit",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_from__isnull", True),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="unit_ends_after_it_begins",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImportBatch",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("file_name", models.CharField(max_length=200, verbose_name="file name")),
                        ("digest", models.CharField(max_length=64)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("read", "Read, not applied"),
                                    ("applying", "Being applied"),
                                    ("applied", "Applied to the record"),
                                    ("undoing", "Being taken back"),
                                    ("undone", "Taken back"),
                                ],
                                default=crm.values.imports.ImportState["READ"],
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("headings", models.JSONField(default=list)),
                        ("columns", models.JSONField(default=dict)),
                        (
                            "unit",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("원", "won"),
                                    ("천원", "thousand won"),
                                    ("만원", "ten thousand won"),
                                    ("백만원", "million won"),
                                    ("억원", "hundred million won"),
                                    ("달러", "US dollars"),
                                    ("천달러", "thousand US dollars"),
                                    ("만달러", "ten thousand US dollars"),
                                    ("백만달러", "million US dollars"),
                                    ("유로", "euros"),
                                    ("천유로", "thousand euros"),
                                    ("백만유로", "million euros"),
                                ],
                                max_length=10,
                                verbose_name="unit of amounts",
                            ),
                        ),
                        ("rows", models.JSONField(default=list)),
                        ("decisions", models.JSONField(blank=True, default=dict)),
                        ("lines", models.JSONField(blank=True, default=list)),
                        ("left", models.JSONField(blank=True, default=dict)),
                        ("companies_left", models.JSONField(blank=True, default=dict)),
                        ("hidden", models.JSONField(blank=True, default=list)),
                        ("leaves_hidden", models.BooleanField(default=False, verbose_name="hidden rows are left out")),
                        ("hidden_columns", models.JSONField(blank=True, default=list)),
                        ("position", models.PositiveIntegerField(default=0)),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who",
                            ),
                        ),
                        (
                            "org_unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.orgunit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "import",
                        "ordering": ["-created_at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalUnitSuccession",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("renamed", "Renamed"), ("split", "Split"), ("merged", "Merged")],
                                default=crm.values.measures.SuccessionKind["RENAMED"],
                                max_length=10,
                            ),
                        ),
                        ("in_force_from", models.DateField(blank=True, null=True)),
                        ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
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
                            "predecessor",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.orgunit",
                            ),
                        ),
                        (
                            "successor",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.orgunit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical unit succession",
                        "verbose_name_plural": "historical unit successions",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalProgramme",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=200, verbose_name="English name")),
                        (
                            "size_amount",
                            crm.models.fields.ExactDecimalField(blank=True, null=True, places=4, verbose_name="size"),
                        ),
                        ("size_currency", models.CharField(blank=True, max_length=3, verbose_name="currency")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
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
                            "lead_unit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.orgunit",
                                verbose_name="lead unit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical programme",
                        "verbose_name_plural": "historical programmes",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalOutcome",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        ("code", models.SlugField(blank=True, max_length=60, verbose_name="code")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("expected_contract", "Expected contract"),
                                    ("purchase_loi", "Purchase letter of intent"),
                                    ("onsite_contract", "On-site contract"),
                                    ("export_contract", "Export contract"),
                                    ("realised_export", "Realised export"),
                                    ("investment_loi", "Investment letter of intent"),
                                    ("investment_mou", "Investment MOU"),
                                    ("definitive_agreement", "Definitive agreement"),
                                    ("fdi_notified", "FDI notified"),
                                    ("fdi_arrived", "FDI arrived"),
                                    ("groundbreaking", "Groundbreaking"),
                                    ("completion", "Completion"),
                                    ("operation", "Operation"),
                                    ("business_mou", "Business MOU"),
                                    ("promise", "Promise of further talks"),
                                    ("demonstration", "Demonstration agreement"),
                                    ("pavilion_operation", "Pavilion operation"),
                                ],
                                max_length=24,
                                verbose_name="kind",
                            ),
                        ),
                        ("title", models.CharField(max_length=500, verbose_name="title")),
                        (
                            "title_as_signed",
                            models.CharField(blank=True, max_length=500, verbose_name="title as signed"),
                        ),
                        ("also_called", models.JSONField(blank=True, default=list, verbose_name="also called")),
                        ("signed_on", models.DateField(blank=True, null=True, verbose_name="signing date")),
                        (
                            "signed_at_place",
                            models.CharField(blank=True, max_length=200, verbose_name="place of signing"),
                        ),
                        ("binding", models.BooleanField(blank=True, null=True, verbose_name="binding")),
                        (
                            "standing",
                            models.CharField(
                                choices=[
                                    ("confirmed", "Confirmed"),
                                    ("provisional", "Provisional"),
                                    ("unconfirmed", "Unconfirmed"),
                                ],
                                default=crm.values.measures.Standing["CONFIRMED"],
                                max_length=12,
                                verbose_name="standing",
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("planned", "Planned"),
                                    ("invested", "Invested"),
                                    ("plan_changed", "Plan changed"),
                                    ("invested_elsewhere", "Invested elsewhere"),
                                    ("closed", "Business closed"),
                                    ("withdrawn", "Withdrawn"),
                                    ("expected", "Expected"),
                                    ("signed", "Signed"),
                                    ("in_progress", "In progress"),
                                    ("fulfilled", "Fulfilled"),
                                    ("notified", "Notified"),
                                    ("arrived_in_part", "Arrived in part"),
                                    ("arrived", "Arrived"),
                                    ("delivering", "Delivering"),
                                    ("converted", "Turned into an agreement"),
                                    ("running", "Running"),
                                    ("completed", "Completed"),
                                    ("promised", "Promised"),
                                    ("in_talks", "In talks"),
                                    ("settled", "Agreed"),
                                    ("realised", "Realised"),
                                    ("lapsed", "Lapsed"),
                                    ("terminated", "Terminated"),
                                ],
                                editable=False,
                                max_length=20,
                                verbose_name="stage",
                            ),
                        ),
                        (
                            "stage_reason",
                            models.TextField(
                                blank=True, editable=False, verbose_name="reason for leaving the normal road"
                            ),
                        ),
                        (
                            "term_years",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(1)],
                                verbose_name="term in years",
                            ),
                        ),
                        (
                            "period_from",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="from year"),
                        ),
                        ("period_to", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="to year")),
                        ("content", models.TextField(blank=True, verbose_name="content")),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        ("delay_reason", models.TextField(blank=True, verbose_name="reason for delay")),
                        ("next_steps", models.TextField(blank=True, verbose_name="next steps")),
                        (
                            "document_number",
                            models.CharField(blank=True, max_length=120, verbose_name="document number"),
                        ),
                        (
                            "disclosure_level",
                            models.CharField(
                                choices=[("open", "Open"), ("partly", "Partly open"), ("closed", "Closed")],
                                default=crm.values.measures.Disclosure["OPEN"],
                                max_length=10,
                                verbose_name="disclosure",
                            ),
                        ),
                        ("is_synthetic", models.BooleanField(default=False, editable=False, verbose_name="synthetic")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.event",
                                verbose_name="event",
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
                            "lead_unit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.orgunit",
                                verbose_name="lead unit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical outcome",
                        "verbose_name_plural": "historical outcomes",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalOrgUnit",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        ("code", models.SlugField(blank=True, max_length=60, verbose_name="code")),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=120, verbose_name="English name")),
                        (
                            "level",
                            models.CharField(
                                choices=[("bureau", "Bureau"), ("division", "Division"), ("team", "Team")],
                                default=crm.values.measures.UnitLevel["BUREAU"],
                                max_length=10,
                                verbose_name="level",
                            ),
                        ),
                        ("valid_from", models.DateField(blank=True, null=True, verbose_name="in force from")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="in force until")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
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
                            "parent_unit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.orgunit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical org unit",
                        "verbose_name_plural": "historical org units",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalImportBatch",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        ("file_name", models.CharField(max_length=200, verbose_name="file name")),
                        ("digest", models.CharField(max_length=64)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("read", "Read, not applied"),
                                    ("applying", "Being applied"),
                                    ("applied", "Applied to the record"),
                                    ("undoing", "Being taken back"),
                                    ("undone", "Taken back"),
                                ],
                                default=crm.values.imports.ImportState["READ"],
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("headings", models.JSONField(default=list)),
                        ("columns", models.JSONField(default=dict)),
                        (
                            "unit",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("원", "won"),
                                    ("천원", "thousand won"),
                                    ("만원", "ten thousand won"),
                                    ("백만원", "million won"),
                                    ("억원", "hundred million won"),
                                    ("달러", "US dollars"),
                                    ("천달러", "thousand US dollars"),
                                    ("만달러", "ten thousand US dollars"),
                                    ("백만달러", "million US dollars"),
                                    ("유로", "euros"),
                                    ("천유로", "thousand euros"),
                                    ("백만유로", "million euros"),
                                ],
                                max_length=10,
                                verbose_name="unit of amounts",
                            ),
                        ),
                        ("decisions", models.JSONField(blank=True, default=dict)),
                        ("leaves_hidden", models.BooleanField(default=False, verbose_name="hidden rows are left out")),
                        ("hidden_columns", models.JSONField(blank=True, default=list)),
                        ("position", models.PositiveIntegerField(default=0)),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "author",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who",
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
                            "org_unit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.orgunit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical import",
                        "verbose_name_plural": "historical imports",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalEvent",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        ("code", models.SlugField(blank=True, max_length=60, verbose_name="code")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("trade_show", "Trade show"),
                                    ("delegation", "Delegation"),
                                    ("trade_mission", "Trade mission"),
                                    ("export_meet", "Export consultation event"),
                                    ("pitch_competition", "Pitch competition"),
                                    ("briefing", "Briefing"),
                                ],
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=200, verbose_name="English name")),
                        ("country", models.CharField(blank=True, max_length=2, verbose_name="country")),
                        ("city", models.CharField(blank=True, max_length=120, verbose_name="city")),
                        ("places", models.JSONField(blank=True, default=list, verbose_name="places")),
                        ("timezone", models.CharField(blank=True, max_length=60, verbose_name="time zone")),
                        ("starts_on", models.DateField(verbose_name="first day")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                        ("host", models.CharField(blank=True, max_length=200, verbose_name="host")),
                        ("operator", models.CharField(blank=True, max_length=200, verbose_name="operator")),
                        ("sponsor", models.CharField(blank=True, max_length=200, verbose_name="sponsor")),
                        (
                            "pavilion",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("joint_pavilion", "Joint pavilion"),
                                    ("korea_pavilion", "Integrated Korea pavilion"),
                                    ("individual", "Individual"),
                                ],
                                max_length=20,
                                verbose_name="pavilion",
                            ),
                        ),
                        ("pavilion_brand", models.CharField(blank=True, max_length=120, verbose_name="pavilion brand")),
                        (
                            "pavilion_operator",
                            models.CharField(blank=True, max_length=120, verbose_name="pavilion operator"),
                        ),
                        (
                            "pavilion_first_time",
                            models.BooleanField(blank=True, null=True, verbose_name="first pavilion of its kind"),
                        ),
                        (
                            "pavilion_products",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="products shown"),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
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
                            "lead_unit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.orgunit",
                                verbose_name="lead unit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical event",
                        "verbose_name_plural": "historical events",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalDirective",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        ("text", models.TextField(verbose_name="instruction")),
                        ("given_on", models.DateField(verbose_name="given on")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.event",
                                verbose_name="briefing",
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
                            "lead_unit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.orgunit",
                                verbose_name="lead unit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical directive",
                        "verbose_name_plural": "historical directives",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalDemonstration",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        ("title", models.CharField(max_length=500, verbose_name="title")),
                        ("technology", models.CharField(max_length=300, verbose_name="technology")),
                        ("testbed_site", models.CharField(blank=True, max_length=200, verbose_name="testbed site")),
                        ("starts_on", models.DateField(blank=True, null=True, verbose_name="first day")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                        (
                            "cost_city",
                            crm.models.fields.ExactDecimalField(
                                blank=True, null=True, places=4, verbose_name="cost borne by the city"
                            ),
                        ),
                        (
                            "cost_own",
                            crm.models.fields.ExactDecimalField(
                                blank=True, null=True, places=4, verbose_name="cost borne by the applicant"
                            ),
                        ),
                        ("cost_currency", models.CharField(default="KRW", max_length=3, verbose_name="currency")),
                        ("regulatory_issue", models.TextField(blank=True, verbose_name="regulatory issue")),
                        (
                            "regulatory_path",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("rapid_confirmation", "Rapid confirmation"),
                                    ("test_exemption", "Test exemption"),
                                    ("temporary_permit", "Temporary permit"),
                                ],
                                max_length=20,
                                verbose_name="regulatory path",
                            ),
                        ),
                        ("permit_number", models.CharField(blank=True, max_length=120, verbose_name="permit number")),
                        ("permit_expires_on", models.DateField(blank=True, null=True, verbose_name="permit expires")),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("prepared", "Prepared"),
                                    ("running", "Running"),
                                    ("completed", "Completed"),
                                    ("certified", "Certified"),
                                    ("stopped", "Stopped"),
                                ],
                                default=crm.values.demonstrations.DemonstrationStage["PREPARED"],
                                max_length=12,
                                verbose_name="stage",
                            ),
                        ),
                        (
                            "verdict",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("succeeded", "Succeeded"),
                                    ("partly", "Succeeded in part"),
                                    ("failed", "Failed"),
                                ],
                                max_length=10,
                                verbose_name="verdict",
                            ),
                        ),
                        ("result", models.TextField(blank=True, verbose_name="result")),
                        (
                            "certificate_number",
                            models.CharField(blank=True, max_length=120, verbose_name="certificate number"),
                        ),
                        (
                            "certificate_on",
                            models.DateField(blank=True, null=True, verbose_name="date of the certificate"),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        (
                            "disclosure_level",
                            models.CharField(
                                choices=[("open", "Open"), ("partly", "Partly open"), ("closed", "Closed")],
                                default=crm.values.measures.Disclosure["OPEN"],
                                max_length=10,
                                verbose_name="disclosure",
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
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
                            "applicant",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.organisation",
                                verbose_name="applicant",
                            ),
                        ),
                        (
                            "lead_unit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.orgunit",
                                verbose_name="lead unit",
                            ),
                        ),
                        (
                            "site_unit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.orgunit",
                                verbose_name="unit that runs the site",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical demonstration",
                        "verbose_name_plural": "historical demonstrations",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalAccount",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        (
                            "username",
                            models.CharField(
                                db_index=True,
                                max_length=60,
                                validators=[django.core.validators.RegexValidator("^[a-z0-9][a-z0-9._-]*\\Z")],
                                verbose_name="user name",
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("officer", "Officer"),
                                    ("team_lead", "Team lead"),
                                    ("division_head", "Division head"),
                                    ("bureau_head", "Bureau head"),
                                    ("leadership", "Leadership"),
                                    ("administrator", "Administrator"),
                                    ("api_client", "API client"),
                                ],
                                max_length=20,
                                verbose_name="role",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                        ("language", models.CharField(default="ko", max_length=2, verbose_name="language")),
                        ("wants_digest", models.BooleanField(default=True, verbose_name="daily digest")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
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
                            "org_unit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.orgunit",
                                verbose_name="org unit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical account",
                        "verbose_name_plural": "historical accounts",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Directive",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("text", models.TextField(verbose_name="instruction")),
                        ("given_on", models.DateField(verbose_name="given on")),
                        (
                            "event",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="directives",
                                to="crm.event",
                                verbose_name="briefing",
                            ),
                        ),
                        (
                            "lead_unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="crm.orgunit",
                                verbose_name="lead unit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "directive",
                    },
                ),
                migrations.CreateModel(
                    name="Concurrence",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("mandatory", models.BooleanField(default=True, verbose_name="mandatory")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="answer due")),
                        ("question", models.TextField(blank=True, verbose_name="what is asked")),
                        ("content", models.JSONField(default=dict)),
                        ("content_hash", models.CharField(max_length=64)),
                        (
                            "answer",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("agree", "Agree"),
                                    ("agree_with_conditions", "Agree with conditions"),
                                    ("disagree", "Disagree"),
                                    ("not_concerned", "Not concerned"),
                                ],
                                max_length=24,
                                verbose_name="answer",
                            ),
                        ),
                        ("opinion", models.TextField(blank=True, verbose_name="opinion")),
                        ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                        (
                            "capacity",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("own", "In one's own right"),
                                    ("delegated", "Delegated"),
                                    ("acting", "Acting"),
                                ],
                                max_length=10,
                                verbose_name="capacity",
                            ),
                        ),
                        ("overridden_at", models.DateTimeField(blank=True, null=True, verbose_name="overridden")),
                        ("override_reason", models.TextField(blank=True, verbose_name="reason for overriding")),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="answered by",
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="asked by",
                            ),
                        ),
                        (
                            "follows",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="followed_by",
                                to="crm.concurrence",
                            ),
                        ),
                        (
                            "on_behalf_of",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="on behalf of",
                            ),
                        ),
                        (
                            "overridden_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="overridden by",
                            ),
                        ),
                        (
                            "handed_from",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.orgunit",
                                verbose_name="handed over from",
                            ),
                        ),
                        (
                            "org_unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="concurrences",
                                to="crm.orgunit",
                                verbose_name="department",
                            ),
                        ),
                        (
                            "outcome",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="concurrences",
                                to="crm.outcome",
                                verbose_name="outcome",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "concurrence",
                        "indexes": [
                            models.Index(
                                fields=["created_at", "id", "outcome", "archived_at", "answer", "overridden_at"],
                                name="asked_latest",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("archived_at__isnull", True)),
                                fields=("outcome", "org_unit"),
                                name="asked_once",
                                violation_error_message="This department is asked already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Outcome",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("code", models.SlugField(blank=True, max_length=60, verbose_name="code")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("expected_contract", "Expected contract"),
                                    ("purchase_loi", "Purchase letter of intent"),
                                    ("onsite_contract", "On-site contract"),
                                    ("export_contract", "Export contract"),
                                    ("realised_export", "Realised export"),
                                    ("investment_loi", "Investment letter of intent"),
                                    ("investment_mou", "Investment MOU"),
                                    ("definitive_agreement", "Definitive agreement"),
                                    ("fdi_notified", "FDI notified"),
                                    ("fdi_arrived", "FDI arrived"),
                                    ("groundbreaking", "Groundbreaking"),
                                    ("completion", "Completion"),
                                    ("operation", "Operation"),
                                    ("business_mou", "Business MOU"),
                                    ("promise", "Promise of further talks"),
                                    ("demonstration", "Demonstration agreement"),
                                    ("pavilion_operation", "Pavilion operation"),
                                ],
                                max_length=24,
                                verbose_name="kind",
                            ),
                        ),
                        ("title", models.CharField(max_length=500, verbose_name="title")),
                        (
                            "title_as_signed",
                            models.CharField(blank=True, max_length=500, verbose_name="title as signed"),
                        ),
                        ("also_called", models.JSONField(blank=True, default=list, verbose_name="also called")),
                        ("signed_on", models.DateField(blank=True, null=True, verbose_name="signing date")),
                        (
                            "signed_at_place",
                            models.CharField(blank=True, max_length=200, verbose_name="place of signing"),
                        ),
                        ("binding", models.BooleanField(blank=True, null=True, verbose_name="binding")),
                        (
                            "standing",
                            models.CharField(
                                choices=[
                                    ("confirmed", "Confirmed"),
                                    ("provisional", "Provisional"),
                                    ("unconfirmed", "Unconfirmed"),
                                ],
                                default=crm.values.measures.Standing["CONFIRMED"],
                                max_length=12,
                                verbose_name="standing",
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("planned", "Planned"),
                                    ("invested", "Invested"),
                                    ("plan_changed", "Plan changed"),
                                    ("invested_elsewhere", "Invested elsewhere"),
                                    ("closed", "Business closed"),
                                    ("withdrawn", "Withdrawn"),
                                    ("expected", "Expected"),
                                    ("signed", "Signed"),
                                    ("in_progress", "In progress"),
                                    ("fulfilled", "Fulfilled"),
                                    ("notified", "Notified"),
                                    ("arrived_in_part", "Arrived in part"),
                                    ("arrived", "Arrived"),
                                    ("delivering", "Delivering"),
                                    ("converted", "Turned into an agreement"),
                                    ("running", "Running"),
                                    ("completed", "Completed"),
                                    ("promised", "Promised"),
                                    ("in_talks", "In talks"),
                                    ("settled", "Agreed"),
                                    ("realised", "Realised"),
                                    ("lapsed", "Lapsed"),
                                    ("terminated", "Terminated"),
                                ],
                                editable=False,
                                max_length=20,
                                verbose_name="stage",
                            ),
                        ),
                        (
                            "stage_reason",
                            models.TextField(
                                blank=True, editable=False, verbose_name="reason for leaving the normal road"
                            ),
                        ),
                        (
                            "term_years",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(1)],
                                verbose_name="term in years",
                            ),
                        ),
                        (
                            "period_from",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="from year"),
                        ),
                        ("period_to", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="to year")),
                        ("content", models.TextField(blank=True, verbose_name="content")),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        ("delay_reason", models.TextField(blank=True, verbose_name="reason for delay")),
                        ("next_steps", models.TextField(blank=True, verbose_name="next steps")),
                        (
                            "document_number",
                            models.CharField(blank=True, max_length=120, verbose_name="document number"),
                        ),
                        (
                            "disclosure_level",
                            models.CharField(
                                choices=[("open", "Open"), ("partly", "Partly open"), ("closed", "Closed")],
                                default=crm.values.measures.Disclosure["OPEN"],
                                max_length=10,
                                verbose_name="disclosure",
                            ),
                        ),
                        ("is_synthetic", models.BooleanField(default=False, editable=False, verbose_name="synthetic")),
                        (
                            "event",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="outcomes",
                                to="crm.event",
                                verbose_name="event",
                            ),
                        ),
                        (
                            "lead_unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="led_outcomes",
                                to="crm.orgunit",
                                verbose_name="lead unit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "outcome",
                        "indexes": [
                            models.Index(fields=["-signed_on", "id"], name="crm_outcome_signed__3432c1_idx"),
                            models.Index(fields=["kind", "id"], name="crm_outcome_kind_adc14f_idx"),
                            models.Index(fields=["document_number"], name="crm_outcome_documen_094fe9_idx"),
                            models.Index(fields=["disclosure_level", "lead_unit", "id"], name="disclosed_to_units"),
                            models.Index(
                                condition=models.Q(("archived_at__isnull", False)),
                                fields=["archived_at", "id"],
                                name="put_away",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("event__isnull", False), ("signed_on__isnull", False), _connector="OR"
                                ),
                                name="outcome_has_a_date",
                                violation_error_message="Give the signing date or the event: without either it belongs to no period.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("period_from__isnull", True),
                                    ("period_to__isnull", True),
                                    ("period_to__gte", models.F("period_from")),
                                    _connector="OR",
                                ),
                                name="outcome_period_ends_after_it_begins",
                                violation_error_message="The period ends before it begins.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LedgerEntry",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "measure",
                            models.CharField(
                                choices=[("count", "Count"), ("money", "Money"), ("jobs", "Jobs")],
                                max_length=5,
                                verbose_name="measure",
                            ),
                        ),
                        (
                            "series",
                            models.CharField(
                                choices=[
                                    ("consulted", "Consulted"),
                                    ("expected", "Expected"),
                                    ("announced", "Announced"),
                                    ("committed", "Committed"),
                                    ("realised", "Realised"),
                                ],
                                max_length=10,
                                verbose_name="series",
                            ),
                        ),
                        ("value", crm.models.fields.ExactDecimalField(places=4, verbose_name="value")),
                        ("currency", models.CharField(blank=True, max_length=3, verbose_name="currency")),
                        (
                            "basis",
                            models.CharField(
                                choices=[("total", "Total"), ("annual", "Per year"), ("unstated", "Not stated")],
                                default=crm.values.measures.Basis["TOTAL"],
                                max_length=8,
                                verbose_name="basis",
                            ),
                        ),
                        ("approximate", models.BooleanField(default=False, verbose_name="approximate")),
                        ("as_reported", models.CharField(blank=True, max_length=200, verbose_name="as reported")),
                        (
                            "for_year",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="for the year"),
                        ),
                        (
                            "krw_value",
                            crm.models.fields.ExactDecimalField(
                                blank=True, null=True, places=4, verbose_name="KRW value"
                            ),
                        ),
                        (
                            "fx_rate",
                            crm.models.fields.ExactDecimalField(
                                blank=True, null=True, places=6, verbose_name="exchange rate"
                            ),
                        ),
                        ("fx_per", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("fx_date", models.DateField(blank=True, null=True, verbose_name="date of the rate")),
                        ("fx_source", models.CharField(blank=True, max_length=200, verbose_name="source of the rate")),
                        ("fx_policy", models.CharField(blank=True, max_length=30)),
                        ("value_date", models.DateField(verbose_name="value date")),
                        (
                            "value_quarter",
                            models.GeneratedField(
                                db_persist=True,
                                expression=crm.models.fields.QuarterNumber("value_date"),
                                output_field=models.IntegerField(),
                            ),
                        ),
                        (
                            "date_basis",
                            models.CharField(
                                choices=[
                                    ("signing", "Signing date"),
                                    ("event", "First day of the event"),
                                    ("stated", "Date stated"),
                                ],
                                max_length=8,
                                verbose_name="basis of the date",
                            ),
                        ),
                        ("recorded_at", models.DateTimeField(verbose_name="recorded")),
                        ("entered_at", models.DateTimeField(verbose_name="entered")),
                        ("is_backfill", models.BooleanField(default=False, verbose_name="backfilled")),
                        ("source", models.CharField(max_length=300, verbose_name="source")),
                        (
                            "evidence_grade",
                            models.CharField(
                                choices=[
                                    ("signed_document", "Signed document"),
                                    ("official_record", "Official record"),
                                    ("partner_confirmed", "Confirmed by the partner"),
                                    ("city_statement", "City statement"),
                                    ("press", "Press"),
                                    ("verbal", "Verbal"),
                                ],
                                max_length=20,
                                verbose_name="evidence",
                            ),
                        ),
                        (
                            "cause",
                            models.CharField(
                                choices=[
                                    ("first", "First entry"),
                                    ("late_entry", "Late entry"),
                                    ("correction", "Correction"),
                                    ("withdrawal", "Withdrawal"),
                                    ("fx", "Exchange rate"),
                                    ("reclassification", "Reclassification"),
                                    ("merge", "Merge"),
                                ],
                                max_length=16,
                                verbose_name="cause",
                            ),
                        ),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        (
                            "kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("expected_contract", "Expected contract"),
                                    ("purchase_loi", "Purchase letter of intent"),
                                    ("onsite_contract", "On-site contract"),
                                    ("export_contract", "Export contract"),
                                    ("realised_export", "Realised export"),
                                    ("investment_loi", "Investment letter of intent"),
                                    ("investment_mou", "Investment MOU"),
                                    ("definitive_agreement", "Definitive agreement"),
                                    ("fdi_notified", "FDI notified"),
                                    ("fdi_arrived", "FDI arrived"),
                                    ("groundbreaking", "Groundbreaking"),
                                    ("completion", "Completion"),
                                    ("operation", "Operation"),
                                    ("business_mou", "Business MOU"),
                                    ("promise", "Promise of further talks"),
                                    ("demonstration", "Demonstration agreement"),
                                    ("pavilion_operation", "Pavilion operation"),
                                ],
                                max_length=24,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "standing",
                            models.CharField(
                                choices=[
                                    ("confirmed", "Confirmed"),
                                    ("provisional", "Provisional"),
                                    ("unconfirmed", "Unconfirmed"),
                                ],
                                default=crm.values.measures.Standing["CONFIRMED"],
                                max_length=12,
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("planned", "Planned"),
                                    ("invested", "Invested"),
                                    ("plan_changed", "Plan changed"),
                                    ("invested_elsewhere", "Invested elsewhere"),
                                    ("closed", "Business closed"),
                                    ("withdrawn", "Withdrawn"),
                                    ("expected", "Expected"),
                                    ("signed", "Signed"),
                                    ("in_progress", "In progress"),
                                    ("fulfilled", "Fulfilled"),
                                    ("notified", "Notified"),
                                    ("arrived_in_part", "Arrived in part"),
                                    ("arrived", "Arrived"),
                                    ("delivering", "Delivering"),
                                    ("converted", "Turned into an agreement"),
                                    ("running", "Running"),
                                    ("completed", "Completed"),
                                    ("promised", "Promised"),
                                    ("in_talks", "In talks"),
                                    ("settled", "Agreed"),
                                    ("realised", "Realised"),
                                    ("lapsed", "Lapsed"),
                                    ("terminated", "Terminated"),
                                ],
                                max_length=20,
                                verbose_name="stage",
                            ),
                        ),
                        ("action", models.CharField(max_length=60)),
                        (
                            "consultation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="crm.consultation",
                            ),
                        ),
                        (
                            "derived_from",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="derived",
                                to="crm.ledgerentry",
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="crm.event",
                            ),
                        ),
                        (
                            "evidence",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="crm.document",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "replaces",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced_by",
                                to="crm.ledgerentry",
                            ),
                        ),
                        (
                            "reverses",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reversed_by",
                                to="crm.ledgerentry",
                            ),
                        ),
                        (
                            "outcome",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="crm.outcome",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ledger entry",
                        "indexes": [
                            models.Index(fields=["value_date", "recorded_at"], name="crm_ledgere_value_d_9fcc71_idx"),
                            models.Index(fields=["recorded_at", "id"], name="crm_ledgere_recorde_005c1f_idx"),
                            models.Index(fields=["value", "currency"], name="crm_ledgere_value_2573c9_idx"),
                            models.Index(
                                condition=models.Q(("reverses__isnull", False)), fields=["reverses"], name="reversals"
                            ),
                            models.Index(
                                fields=[
                                    "kind",
                                    "value_quarter",
                                    "measure",
                                    "series",
                                    "standing",
                                    "stage",
                                    "currency",
                                    "basis",
                                    "evidence_grade",
                                    "date_basis",
                                    "value_date",
                                    "recorded_at",
                                    "approximate",
                                    "derived_from",
                                    "reverses",
                                    "outcome",
                                    "value",
                                    "krw_value",
                                ],
                                name="ledger_by_class",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("consultation__isnull", True),
                                        ("event__isnull", True),
                                        ("outcome__isnull", False),
                                    ),
                                    models.Q(
                                        ("consultation__isnull", False),
                                        ("event__isnull", True),
                                        ("outcome__isnull", True),
                                    ),
                                    models.Q(
                                        ("consultation__isnull", True),
                                        ("event__isnull", False),
                                        ("outcome__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="entry_is_about_one_thing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("currency__gt", ""), ("measure", crm.values.measures.Measure["MONEY"])),
                                    models.Q(
                                        models.Q(("measure", crm.values.measures.Measure["MONEY"]), _negated=True),
                                        ("currency", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="entry_money_has_a_currency",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("series", crm.values.measures.Series["REALISED"]), _negated=True),
                                    ("measure", crm.values.measures.Measure["COUNT"]),
                                    (
                                        "evidence_grade__in",
                                        [
                                            crm.values.evidence.Grade["SIGNED_DOCUMENT"],
                                            crm.values.evidence.Grade["OFFICIAL_RECORD"],
                                            crm.values.evidence.Grade["PARTNER_CONFIRMED"],
                                        ],
                                    ),
                                    _connector="OR",
                                ),
                                name="entry_realised_needs_evidence",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("is_backfill", True), ("recorded_at__lt", models.F("entered_at"))),
                                    models.Q(("is_backfill", False), ("recorded_at", models.F("entered_at"))),
                                    _connector="OR",
                                ),
                                name="entry_backfill_is_flagged",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalStageStep",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        (
                            "from_stage",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("planned", "Planned"),
                                    ("invested", "Invested"),
                                    ("plan_changed", "Plan changed"),
                                    ("invested_elsewhere", "Invested elsewhere"),
                                    ("closed", "Business closed"),
                                    ("withdrawn", "Withdrawn"),
                                    ("expected", "Expected"),
                                    ("signed", "Signed"),
                                    ("in_progress", "In progress"),
                                    ("fulfilled", "Fulfilled"),
                                    ("notified", "Notified"),
                                    ("arrived_in_part", "Arrived in part"),
                                    ("arrived", "Arrived"),
                                    ("delivering", "Delivering"),
                                    ("converted", "Turned into an agreement"),
                                    ("running", "Running"),
                                    ("completed", "Completed"),
                                    ("promised", "Promised"),
                                    ("in_talks", "In talks"),
                                    ("settled", "Agreed"),
                                    ("realised", "Realised"),
                                    ("lapsed", "Lapsed"),
                                    ("terminated", "Terminated"),
                                ],
                                max_length=20,
                                verbose_name="from stage",
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("planned", "Planned"),
                                    ("invested", "Invested"),
                                    ("plan_changed", "Plan changed"),
                                    ("invested_elsewhere", "Invested elsewhere"),
                                    ("closed", "Business closed"),
                                    ("withdrawn", "Withdrawn"),
                                    ("expected", "Expected"),
                                    ("signed", "Signed"),
                                    ("in_progress", "In progress"),
                                    ("fulfilled", "Fulfilled"),
                                    ("notified", "Notified"),
                                    ("arrived_in_part", "Arrived in part"),
                                    ("arrived", "Arrived"),
                                    ("delivering", "Delivering"),
                                    ("converted", "Turned into an agreement"),
                                    ("running", "Running"),
                                    ("completed", "Completed"),
                                    ("promised", "Promised"),
                                    ("in_talks", "In talks"),
                                    ("settled", "Agreed"),
                                    ("realised", "Realised"),
                                    ("lapsed", "Lapsed"),
                                    ("terminated", "Terminated"),
                                ],
                                max_length=20,
                                verbose_name="stage",
                            ),
                        ),
                        ("taken_on", models.DateField(verbose_name="taken on")),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "evidence",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.document",
                                verbose_name="evidence",
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
                            "taken_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who",
                            ),
                        ),
                        (
                            "outcome",
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
                        "verbose_name": "historical step",
                        "verbose_name_plural": "historical steps",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalSimilarOutcomes",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        ("apart_at", models.DateTimeField(blank=True, null=True, verbose_name="told apart")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
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
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
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
                    name="HistoricalParty",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("investor", "Investor"),
                                    ("exporter", "Exporter"),
                                    ("buyer", "Buyer"),
                                    ("partner", "Partner"),
                                    ("host", "Host"),
                                    ("operator", "Operator"),
                                    ("sponsor", "Sponsor"),
                                ],
                                max_length=12,
                                verbose_name="role",
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
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
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.organisation",
                                verbose_name="organisation",
                            ),
                        ),
                        (
                            "outcome",
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
                        "verbose_name": "historical party",
                        "verbose_name_plural": "historical partys",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalPartnerConfirmation",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        ("language", models.CharField(default="ko", max_length=2, verbose_name="language")),
                        ("claim", models.JSONField(default=dict)),
                        ("content_hash", models.CharField(max_length=64)),
                        ("expires_at", models.DateTimeField(verbose_name="expires")),
                        ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked")),
                        (
                            "answer",
                            models.CharField(
                                blank=True,
                                choices=[("confirmed", "Confirmed"), ("other_value", "Stated another value")],
                                max_length=12,
                                verbose_name="answer",
                            ),
                        ),
                        ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                        (
                            "stated_value",
                            models.CharField(blank=True, max_length=200, verbose_name="value stated by the partner"),
                        ),
                        (
                            "stated_amount",
                            crm.models.fields.ExactDecimalField(
                                blank=True, null=True, places=4, verbose_name="amount stated by the partner"
                            ),
                        ),
                        ("stated_currency", models.CharField(blank=True, max_length=3, verbose_name="currency")),
                        ("comment", models.TextField(blank=True, verbose_name="comment")),
                        (
                            "respondent_position",
                            models.CharField(blank=True, max_length=120, verbose_name="position of the respondent"),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="asked by",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.document",
                                verbose_name="evidence",
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
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.organisation",
                                verbose_name="partner",
                            ),
                        ),
                        (
                            "outcome",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.outcome",
                                verbose_name="outcome",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical partner's confirmation",
                        "verbose_name_plural": "historical partner's confirmations",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalFollowUp",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        ("title", models.CharField(max_length=500, verbose_name="what is to be done")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="due")),
                        (
                            "status",
                            models.CharField(
                                choices=[("open", "Open"), ("done", "Done"), ("dropped", "Dropped")],
                                default=crm.values.measures.FollowUpStatus["OPEN"],
                                max_length=8,
                                verbose_name="status",
                            ),
                        ),
                        ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
                        ("result", models.TextField(blank=True, verbose_name="result")),
                        (
                            "trigger",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("cadence", "Regular check"),
                                    ("deadline_near", "Deadline near"),
                                    ("no_contact", "No recent contact"),
                                    ("concurrence_pending", "Concurrence pending"),
                                    ("evidence_missing", "Evidence missing"),
                                    ("yearly_figure_due", "Yearly figure due"),
                                    ("permit_expiring", "Permit near expiry"),
                                    ("escalation", "Escalation"),
                                ],
                                max_length=20,
                                verbose_name="planned by rule",
                            ),
                        ),
                        (
                            "rule_key",
                            models.CharField(blank=True, db_index=True, editable=False, max_length=160, null=True),
                        ),
                        ("snoozed_until", models.DateField(blank=True, null=True, verbose_name="put off until")),
                        (
                            "snooze_reason",
                            models.CharField(blank=True, max_length=300, verbose_name="reason for putting it off"),
                        ),
                        (
                            "escalated_on",
                            models.DateField(blank=True, editable=False, null=True, verbose_name="escalated on"),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "assignee",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="assigned to",
                            ),
                        ),
                        (
                            "demonstration",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.demonstration",
                                verbose_name="demonstration",
                            ),
                        ),
                        (
                            "directive",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.directive",
                                verbose_name="directive",
                            ),
                        ),
                        (
                            "escalated_to",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="escalated to",
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.event",
                                verbose_name="event",
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
                            "org_unit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.orgunit",
                                verbose_name="org unit",
                            ),
                        ),
                        (
                            "outcome",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.outcome",
                                verbose_name="outcome",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical follow-up",
                        "verbose_name_plural": "historical follow-ups",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalDocument",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        ("title", models.CharField(max_length=300, verbose_name="title")),
                        (
                            "grade",
                            models.CharField(
                                choices=[
                                    ("signed_document", "Signed document"),
                                    ("official_record", "Official record"),
                                    ("partner_confirmed", "Confirmed by the partner"),
                                    ("city_statement", "City statement"),
                                    ("press", "Press"),
                                    ("verbal", "Verbal"),
                                ],
                                max_length=20,
                                verbose_name="evidence grade",
                            ),
                        ),
                        ("file", models.TextField(blank=True, max_length=200, verbose_name="file")),
                        ("file_name", models.CharField(blank=True, editable=False, max_length=200)),
                        ("media_type", models.CharField(blank=True, editable=False, max_length=100)),
                        ("size", models.PositiveBigIntegerField(blank=True, editable=False, null=True)),
                        ("sha256", models.CharField(blank=True, editable=False, max_length=64)),
                        (
                            "document_number",
                            models.CharField(blank=True, max_length=120, verbose_name="document number"),
                        ),
                        ("dated_on", models.DateField(blank=True, null=True, verbose_name="dated")),
                        ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.event",
                                verbose_name="event",
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
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.organisation",
                                verbose_name="organisation",
                            ),
                        ),
                        (
                            "outcome",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.outcome",
                                verbose_name="outcome",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical document",
                        "verbose_name_plural": "historical documents",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalCooperatingUnit",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
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
                            "org_unit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.orgunit",
                            ),
                        ),
                        (
                            "outcome",
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
                        "verbose_name": "historical cooperating unit",
                        "verbose_name_plural": "historical cooperating units",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalConcurrence",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        ("mandatory", models.BooleanField(default=True, verbose_name="mandatory")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="answer due")),
                        ("question", models.TextField(blank=True, verbose_name="what is asked")),
                        ("content", models.JSONField(default=dict)),
                        ("content_hash", models.CharField(max_length=64)),
                        (
                            "answer",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("agree", "Agree"),
                                    ("agree_with_conditions", "Agree with conditions"),
                                    ("disagree", "Disagree"),
                                    ("not_concerned", "Not concerned"),
                                ],
                                max_length=24,
                                verbose_name="answer",
                            ),
                        ),
                        ("opinion", models.TextField(blank=True, verbose_name="opinion")),
                        ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                        (
                            "capacity",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("own", "In one's own right"),
                                    ("delegated", "Delegated"),
                                    ("acting", "Acting"),
                                ],
                                max_length=10,
                                verbose_name="capacity",
                            ),
                        ),
                        ("overridden_at", models.DateTimeField(blank=True, null=True, verbose_name="overridden")),
                        ("override_reason", models.TextField(blank=True, verbose_name="reason for overriding")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="answered by",
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="asked by",
                            ),
                        ),
                        (
                            "follows",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.concurrence",
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
                            "on_behalf_of",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="on behalf of",
                            ),
                        ),
                        (
                            "overridden_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="overridden by",
                            ),
                        ),
                        (
                            "handed_from",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.orgunit",
                                verbose_name="handed over from",
                            ),
                        ),
                        (
                            "org_unit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.orgunit",
                                verbose_name="department",
                            ),
                        ),
                        (
                            "outcome",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.outcome",
                                verbose_name="outcome",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical concurrence",
                        "verbose_name_plural": "historical concurrences",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalAttribution",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("originated", "Originated"),
                                    ("progressed", "Progressed"),
                                    ("signed_at", "Signed at"),
                                ],
                                max_length=12,
                                verbose_name="role",
                            ),
                        ),
                        ("share", crm.models.fields.ExactDecimalField(places=2, verbose_name="share")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.event",
                                verbose_name="event",
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
                            "org_unit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.orgunit",
                                verbose_name="org unit",
                            ),
                        ),
                        (
                            "outcome",
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
                        "verbose_name": "historical attribution",
                        "verbose_name_plural": "historical attributions",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalApproval",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("submitted", "Submitted"),
                                    ("reviewed", "Reviewed"),
                                    ("approved", "Approved"),
                                    ("returned", "Returned"),
                                    ("reopened", "Reopened by a later edit"),
                                    ("recalled", "Recalled"),
                                ],
                                default=crm.values.concurrence.ApprovalStatus["SUBMITTED"],
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("content", models.JSONField(default=dict)),
                        ("content_hash", models.CharField(max_length=64)),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        ("reviewed_at", models.DateTimeField(blank=True, null=True, verbose_name="reviewed")),
                        ("review_opinion", models.TextField(blank=True, verbose_name="opinion of the reviewer")),
                        ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                        ("decision_opinion", models.TextField(blank=True, verbose_name="opinion of the approver")),
                        (
                            "capacity",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("own", "In one's own right"),
                                    ("delegated", "Delegated"),
                                    ("acting", "Acting"),
                                ],
                                max_length=10,
                                verbose_name="capacity",
                            ),
                        ),
                        (
                            "document_number",
                            models.CharField(blank=True, max_length=120, verbose_name="document number"),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="decided by",
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
                            "on_behalf_of",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="on behalf of",
                            ),
                        ),
                        (
                            "reviewed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="reviewed by",
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="drafted by",
                            ),
                        ),
                        (
                            "outcome",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.outcome",
                                verbose_name="outcome",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical approval",
                        "verbose_name_plural": "historical approvals",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="FollowUp",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("title", models.CharField(max_length=500, verbose_name="what is to be done")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="due")),
                        (
                            "status",
                            models.CharField(
                                choices=[("open", "Open"), ("done", "Done"), ("dropped", "Dropped")],
                                default=crm.values.measures.FollowUpStatus["OPEN"],
                                max_length=8,
                                verbose_name="status",
                            ),
                        ),
                        ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
                        ("result", models.TextField(blank=True, verbose_name="result")),
                        (
                            "trigger",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("cadence", "Regular check"),
                                    ("deadline_near", "Deadline near"),
                                    ("no_contact", "No recent contact"),
                                    ("concurrence_pending", "Concurrence pending"),
                                    ("evidence_missing", "Evidence missing"),
                                    ("yearly_figure_due", "Yearly figure due"),
                                    ("permit_expiring", "Permit near expiry"),
                                    ("escalation", "Escalation"),
                                ],
                                max_length=20,
                                verbose_name="planned by rule",
                            ),
                        ),
                        (
                            "rule_key",
                            models.CharField(blank=True, editable=False, max_length=160, null=True, unique=True),
                        ),
                        ("snoozed_until", models.DateField(blank=True, null=True, verbose_name="put off until")),
                        (
                            "snooze_reason",
                            models.CharField(blank=True, max_length=300, verbose_name="reason for putting it off"),
                        ),
                        (
                            "escalated_on",
                            models.DateField(blank=True, editable=False, null=True, verbose_name="escalated on"),
                        ),
                        (
                            "assignee",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="follow_ups",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="assigned to",
                            ),
                        ),
                        (
                            "demonstration",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="follow_ups",
                                to="crm.demonstration",
                                verbose_name="demonstration",
                            ),
                        ),
                        (
                            "directive",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="follow_ups",
                                to="crm.directive",
                                verbose_name="directive",
                            ),
                        ),
                        (
                            "escalated_to",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="escalations",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="escalated to",
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="follow_ups",
                                to="crm.event",
                                verbose_name="event",
                            ),
                        ),
                        (
                            "org_unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="follow_ups",
                                to="crm.orgunit",
                                verbose_name="org unit",
                            ),
                        ),
                        (
                            "outcome",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="follow_ups",
                                to="crm.outcome",
                                verbose_name="outcome",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "follow-up",
                        "indexes": [
                            models.Index(
                                fields=[
                                    "status",
                                    "due_on",
                                    "id",
                                    "archived_at",
                                    "outcome",
                                    "demonstration",
                                    "snoozed_until",
                                    "assignee",
                                    "org_unit",
                                    "escalated_on",
                                    "escalated_to",
                                    "created_at",
                                ],
                                name="follow_ups_by_day",
                            ),
                            models.Index(
                                fields=[
                                    "status",
                                    "-created_at",
                                    "id",
                                    "archived_at",
                                    "outcome",
                                    "demonstration",
                                    "snoozed_until",
                                ],
                                name="follow_ups_latest",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("outcome__isnull", False),
                                    ("event__isnull", False),
                                    ("directive__isnull", False),
                                    ("demonstration__isnull", False),
                                    _connector="OR",
                                ),
                                name="follow_up_is_about_something",
                                violation_error_message="Say what the follow-up belongs to.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CooperatingUnit",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        (
                            "org_unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cooperates_in",
                                to="crm.orgunit",
                            ),
                        ),
                        (
                            "outcome",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cooperating_units",
                                to="crm.outcome",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("archived_at__isnull", True)),
                                fields=("outcome", "org_unit"),
                                name="cooperating_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attribution",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("originated", "Originated"),
                                    ("progressed", "Progressed"),
                                    ("signed_at", "Signed at"),
                                ],
                                max_length=12,
                                verbose_name="role",
                            ),
                        ),
                        ("share", crm.models.fields.ExactDecimalField(places=2, verbose_name="share")),
                        (
                            "event",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attributions",
                                to="crm.event",
                                verbose_name="event",
                            ),
                        ),
                        (
                            "org_unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attributions",
                                to="crm.orgunit",
                                verbose_name="org unit",
                            ),
                        ),
                        (
                            "outcome",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attributions",
                                to="crm.outcome",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "attribution",
                        "ordering": ["created_at", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("event__isnull", False), ("org_unit__isnull", True)),
                                    models.Q(("event__isnull", True), ("org_unit__isnull", False)),
                                    _connector="OR",
                                ),
                                name="attribution_is_to_one_thing",
                                violation_error_message="Name an event or a unit, not both.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("share__gt", 0), ("share__lte", 100)),
                                name="attribution_share_is_a_share",
                                violation_error_message="A share is more than 0 and at most 100 %.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Approval",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("submitted", "Submitted"),
                                    ("reviewed", "Reviewed"),
                                    ("approved", "Approved"),
                                    ("returned", "Returned"),
                                    ("reopened", "Reopened by a later edit"),
                                    ("recalled", "Recalled"),
                                ],
                                default=crm.values.concurrence.ApprovalStatus["SUBMITTED"],
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("content", models.JSONField(default=dict)),
                        ("content_hash", models.CharField(max_length=64)),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        ("reviewed_at", models.DateTimeField(blank=True, null=True, verbose_name="reviewed")),
                        ("review_opinion", models.TextField(blank=True, verbose_name="opinion of the reviewer")),
                        ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                        ("decision_opinion", models.TextField(blank=True, verbose_name="opinion of the approver")),
                        (
                            "capacity",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("own", "In one's own right"),
                                    ("delegated", "Delegated"),
                                    ("acting", "Acting"),
                                ],
                                max_length=10,
                                verbose_name="capacity",
                            ),
                        ),
                        (
                            "document_number",
                            models.CharField(blank=True, max_length=120, verbose_name="document number"),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="decided by",
                            ),
                        ),
                        (
                            "on_behalf_of",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="on behalf of",
                            ),
                        ),
                        (
                            "reviewed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="reviewed by",
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="drafted by",
                            ),
                        ),
                        (
                            "outcome",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="approvals",
                                to="crm.outcome",
                                verbose_name="outcome",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "approval",
                        "indexes": [
                            models.Index(fields=["created_at", "id", "outcome", "status"], name="submitted_latest")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("status__in", ["submitted", "reviewed", "approved"])),
                                fields=("outcome",),
                                name="one_approval_at_a_time",
                                violation_error_message="This outcome is submitted already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Participation",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        (
                            "pavilion",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("joint_pavilion", "Joint pavilion"),
                                    ("korea_pavilion", "Integrated Korea pavilion"),
                                    ("individual", "Individual"),
                                ],
                                max_length=20,
                                verbose_name="pavilion",
                            ),
                        ),
                        ("from_region", models.BooleanField(blank=True, null=True, verbose_name="from the region")),
                        (
                            "supported_by_city",
                            models.BooleanField(blank=True, null=True, verbose_name="supported by the city"),
                        ),
                        (
                            "support_source",
                            models.CharField(blank=True, max_length=200, verbose_name="source of support"),
                        ),
                        (
                            "support_amount",
                            crm.models.fields.ExactDecimalField(
                                blank=True, null=True, places=4, verbose_name="amount of support"
                            ),
                        ),
                        ("support_currency", models.CharField(blank=True, max_length=3, verbose_name="currency")),
                        ("products", models.CharField(blank=True, max_length=300, verbose_name="products shown")),
                        (
                            "event",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="participations",
                                to="crm.event",
                                verbose_name="event",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="participations",
                                to="crm.organisation",
                                verbose_name="organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "participation",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("archived_at__isnull", True)),
                                fields=("event", "organisation"),
                                name="participation_once",
                                violation_error_message="This organisation already takes part in this event.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PartnerConfirmation",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                        ("language", models.CharField(default="ko", max_length=2, verbose_name="language")),
                        ("claim", models.JSONField(default=dict)),
                        ("content_hash", models.CharField(max_length=64)),
                        ("expires_at", models.DateTimeField(verbose_name="expires")),
                        ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked")),
                        (
                            "answer",
                            models.CharField(
                                blank=True,
                                choices=[("confirmed", "Confirmed"), ("other_value", "Stated another value")],
                                max_length=12,
                                verbose_name="answer",
                            ),
                        ),
                        ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                        (
                            "stated_value",
                            models.CharField(blank=True, max_length=200, verbose_name="value stated by the partner"),
                        ),
                        (
                            "stated_amount",
                            crm.models.fields.ExactDecimalField(
                                blank=True, null=True, places=4, verbose_name="amount stated by the partner"
                            ),
                        ),
                        ("stated_currency", models.CharField(blank=True, max_length=3, verbose_name="currency")),
                        ("comment", models.TextField(blank=True, verbose_name="comment")),
                        (
                            "respondent_position",
                            models.CharField(blank=True, max_length=120, verbose_name="position of the respondent"),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="asked by",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.document",
                                verbose_name="evidence",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="confirmations",
                                to="crm.organisation",
                                verbose_name="partner",
                            ),
                        ),
                        (
                            "outcome",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="confirmations",
                                to="crm.outcome",
                                verbose_name="outcome",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "partner's confirmation",
                    },
                ),
                migrations.CreateModel(
                    name="Party",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("investor", "Investor"),
                                    ("exporter", "Exporter"),
                                    ("buyer", "Buyer"),
                                    ("partner", "Partner"),
                                    ("host", "Host"),
                                    ("operator", "Operator"),
                                    ("sponsor", "Sponsor"),
                                ],
                                max_length=12,
                                verbose_name="role",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="party_in",
                                to="crm.organisation",
                                verbose_name="organisation",
                            ),
                        ),
                        (
                            "outcome",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="parties", to="crm.outcome"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["created_at", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("archived_at__isnull", True)),
                                fields=("outcome", "organisation", "role"),
                                name="party_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PitchCriterion",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="criterion")),
                        ("weight", crm.models.fields.ExactDecimalField(places=2, verbose_name="weight")),
                        (
                            "event",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="criteria", to="crm.event"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "criterion",
                        "ordering": ["created_at", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("archived_at__isnull", True)),
                                fields=("event", "name"),
                                name="criterion_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PitchEntry",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("title", models.CharField(max_length=500, verbose_name="title")),
                        ("technology", models.CharField(blank=True, max_length=300, verbose_name="technology")),
                        (
                            "round",
                            models.CharField(
                                choices=[("applied", "Applied"), ("screened", "Screened"), ("finals", "Finals")],
                                default=crm.values.demonstrations.PitchRound["APPLIED"],
                                max_length=10,
                                verbose_name="round",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("running", "Running"),
                                    ("awarded", "Awarded"),
                                    ("out", "Out"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default=crm.values.demonstrations.PitchStatus["RUNNING"],
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("place", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="place")),
                        ("award", models.CharField(blank=True, max_length=200, verbose_name="award")),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        (
                            "event",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pitches",
                                to="crm.event",
                                verbose_name="pitch competition",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pitches",
                                to="crm.organisation",
                                verbose_name="applicant",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pitch",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("archived_at__isnull", True)),
                                fields=("event", "organisation", "title"),
                                name="pitch_once",
                                violation_error_message="This applicant already pitches this here.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="JudgeConflict",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("reason", models.CharField(max_length=300, verbose_name="reason")),
                        (
                            "judge",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="conflicts",
                                to="crm.judge",
                                verbose_name="judge",
                            ),
                        ),
                        (
                            "pitch",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="conflicts",
                                to="crm.pitchentry",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "conflict of interest",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("archived_at__isnull", True)),
                                fields=("pitch", "judge"),
                                name="conflict_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalPitchScore",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        (
                            "round",
                            models.CharField(
                                choices=[("applied", "Applied"), ("screened", "Screened"), ("finals", "Finals")],
                                max_length=10,
                                verbose_name="round",
                            ),
                        ),
                        ("points", crm.models.fields.ExactDecimalField(places=2, verbose_name="points")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
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
                            "judge",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.judge",
                                verbose_name="judge",
                            ),
                        ),
                        (
                            "criterion",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.pitchcriterion",
                                verbose_name="criterion",
                            ),
                        ),
                        (
                            "pitch",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.pitchentry",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical score",
                        "verbose_name_plural": "historical scores",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalJudgeConflict",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        ("reason", models.CharField(max_length=300, verbose_name="reason")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
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
                            "judge",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.judge",
                                verbose_name="judge",
                            ),
                        ),
                        (
                            "pitch",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.pitchentry",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical conflict of interest",
                        "verbose_name_plural": "historical conflict of interests",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalChainLink",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "from_demonstration",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.demonstration",
                                verbose_name="demonstration",
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
                            "to_demonstration",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.demonstration",
                                verbose_name="demonstration",
                            ),
                        ),
                        (
                            "from_outcome",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.outcome",
                                verbose_name="outcome",
                            ),
                        ),
                        (
                            "to_outcome",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.outcome",
                                verbose_name="outcome",
                            ),
                        ),
                        (
                            "from_pitch",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.pitchentry",
                                verbose_name="pitch",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical chain link",
                        "verbose_name_plural": "historical chain links",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="ChainLink",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                        (
                            "from_demonstration",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="led_to",
                                to="crm.demonstration",
                                verbose_name="demonstration",
                            ),
                        ),
                        (
                            "to_demonstration",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="came_of",
                                to="crm.demonstration",
                                verbose_name="demonstration",
                            ),
                        ),
                        (
                            "from_outcome",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="led_to",
                                to="crm.outcome",
                                verbose_name="outcome",
                            ),
                        ),
                        (
                            "to_outcome",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="came_of",
                                to="crm.outcome",
                                verbose_name="outcome",
                            ),
                        ),
                        (
                            "from_pitch",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="led_to",
                                to="crm.pitchentry",
                                verbose_name="pitch",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "chain link",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("from_demonstration__isnull", True),
                                        ("from_outcome__isnull", True),
                                        ("from_pitch__isnull", False),
                                    ),
                                    models.Q(
                                        ("from_demonstration__isnull", False),
                                        ("from_outcome__isnull", True),
                                        ("from_pitch__isnull", True),
                                    ),
                                    models.Q(
                                        ("from_demonstration__isnull", True),
                                        ("from_outcome__isnull", False),
                                        ("from_pitch__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="chain_begins_at_one_thing",
                                violation_error_message="Name the one record from which the other came.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("to_demonstration__isnull", False), ("to_outcome__isnull", True)),
                                    models.Q(("to_demonstration__isnull", True), ("to_outcome__isnull", False)),
                                    _connector="OR",
                                ),
                                name="chain_ends_at_one_thing",
                                violation_error_message="Name the one record that came of it.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PitchScore",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        (
                            "round",
                            models.CharField(
                                choices=[("applied", "Applied"), ("screened", "Screened"), ("finals", "Finals")],
                                max_length=10,
                                verbose_name="round",
                            ),
                        ),
                        ("points", crm.models.fields.ExactDecimalField(places=2, verbose_name="points")),
                        (
                            "criterion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="scores",
                                to="crm.pitchcriterion",
                                verbose_name="criterion",
                            ),
                        ),
                        (
                            "judge",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="scores",
                                to="crm.judge",
                                verbose_name="judge",
                            ),
                        ),
                        (
                            "pitch",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="scores", to="crm.pitchentry"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "score",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("archived_at__isnull", True)),
                                fields=("pitch", "judge", "criterion", "round"),
                                name="score_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("points__gte", 0), ("points__lte", 100)),
                                name="points_from_0_to_100",
                                violation_error_message="Points go from 0 to 100.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Programme",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=200, verbose_name="English name")),
                        (
                            "size_amount",
                            crm.models.fields.ExactDecimalField(blank=True, null=True, places=4, verbose_name="size"),
                        ),
                        ("size_currency", models.CharField(blank=True, max_length=3, verbose_name="currency")),
                        (
                            "lead_unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="crm.orgunit",
                                verbose_name="lead unit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "programme",
                    },
                ),
                migrations.CreateModel(
                    name="OutcomeProgramme",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        (
                            "outcome",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="programmes", to="crm.outcome"
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="outcomes", to="crm.programme"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("archived_at__isnull", True)),
                                fields=("outcome", "programme"),
                                name="programme_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalTarget",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        ("year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year")),
                        (
                            "quarter",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                choices=[(1, "1/4"), (2, "2/4"), (3, "3/4"), (4, "4/4")],
                                null=True,
                                verbose_name="quarter",
                            ),
                        ),
                        (
                            "measure",
                            models.CharField(
                                choices=[("count", "Count"), ("money", "Money"), ("jobs", "Jobs")],
                                max_length=10,
                                verbose_name="measure",
                            ),
                        ),
                        (
                            "series",
                            models.CharField(
                                choices=[
                                    ("consulted", "Consulted"),
                                    ("expected", "Expected"),
                                    ("announced", "Announced"),
                                    ("committed", "Committed"),
                                    ("realised", "Realised"),
                                ],
                                max_length=12,
                                verbose_name="series",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("expected_contract", "Expected contract"),
                                    ("purchase_loi", "Purchase letter of intent"),
                                    ("onsite_contract", "On-site contract"),
                                    ("export_contract", "Export contract"),
                                    ("realised_export", "Realised export"),
                                    ("investment_loi", "Investment letter of intent"),
                                    ("investment_mou", "Investment MOU"),
                                    ("definitive_agreement", "Definitive agreement"),
                                    ("fdi_notified", "FDI notified"),
                                    ("fdi_arrived", "FDI arrived"),
                                    ("groundbreaking", "Groundbreaking"),
                                    ("completion", "Completion"),
                                    ("operation", "Operation"),
                                    ("business_mou", "Business MOU"),
                                    ("promise", "Promise of further talks"),
                                    ("demonstration", "Demonstration agreement"),
                                    ("pavilion_operation", "Pavilion operation"),
                                ],
                                max_length=24,
                                verbose_name="kind",
                            ),
                        ),
                        ("value", crm.models.fields.ExactDecimalField(places=4, verbose_name="target")),
                        ("currency", models.CharField(blank=True, max_length=3, verbose_name="currency")),
                        ("source", models.CharField(max_length=300, verbose_name="source")),
                        ("key", models.CharField(editable=False, max_length=200)),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.event",
                                verbose_name="event",
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
                            "org_unit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.orgunit",
                                verbose_name="org unit",
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.programme",
                                verbose_name="programme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical target",
                        "verbose_name_plural": "historical targets",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalProgrammeStatus",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        ("on", models.DateField(verbose_name="on")),
                        ("status", models.CharField(max_length=200, verbose_name="status")),
                        ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
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
                            "programme",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.programme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical programme status",
                        "verbose_name_plural": "historical programme statuss",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalOutcomeProgramme",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
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
                            "outcome",
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
                            "programme",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.programme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical outcome programme",
                        "verbose_name_plural": "historical outcome programmes",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="ProgrammeStatus",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("on", models.DateField(verbose_name="on")),
                        ("status", models.CharField(max_length=200, verbose_name="status")),
                        ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="statuses", to="crm.programme"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["on", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Publication",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("report", models.CharField(max_length=30, verbose_name="report")),
                        ("asked", models.JSONField(blank=True, default=dict)),
                        ("about", models.CharField(max_length=120)),
                        ("edition", models.PositiveSmallIntegerField(verbose_name="edition")),
                        ("as_of", models.DateTimeField(verbose_name="as of")),
                        ("language", models.CharField(max_length=5, verbose_name="language")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("closed", "As-of time closed, documents being made"),
                                    ("published", "Published"),
                                ],
                                default=crm.values.publications.PublicationState["CLOSED"],
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("title", models.CharField(blank=True, max_length=300, verbose_name="title")),
                        ("inputs", models.JSONField(blank=True, default=dict)),
                        ("figures_hash", models.CharField(blank=True, max_length=64)),
                        (
                            "published_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="published by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "publication",
                        "ordering": ["-as_of", "-id"],
                        "indexes": [models.Index(fields=["as_of"], name="crm_publica_as_of_6ffa74_idx")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("report", "about", "language", "edition"), name="edition_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalPublicationFile",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        ("format", models.CharField(max_length=10)),
                        ("file", models.TextField(max_length=200)),
                        ("file_name", models.CharField(max_length=200)),
                        ("sha256", models.CharField(max_length=64)),
                        ("size", models.PositiveBigIntegerField()),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
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
                            "publication",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.publication",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical publication file",
                        "verbose_name_plural": "historical publication files",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="PublicationFile",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("format", models.CharField(max_length=10)),
                        ("file", models.FileField(max_length=200, upload_to="")),
                        ("file_name", models.CharField(max_length=200)),
                        ("sha256", models.CharField(max_length=64)),
                        ("size", models.PositiveBigIntegerField()),
                        (
                            "publication",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="files", to="crm.publication"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["format"],
                        "constraints": [
                            models.UniqueConstraint(fields=("publication", "format"), name="publication_format_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReportRun",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("key", models.CharField(blank=True, max_length=80, null=True, unique=True)),
                        ("report", models.CharField(default="quarterly", max_length=30, verbose_name="report")),
                        ("about", models.CharField(max_length=120)),
                        ("as_of", models.DateTimeField(verbose_name="as of")),
                        (
                            "language",
                            models.CharField(
                                choices=[("ko", "한국어"), ("en", "English")],
                                default="ko",
                                max_length=5,
                                verbose_name="language",
                            ),
                        ),
                        (
                            "formats",
                            models.JSONField(
                                default=list, validators=[crm.models.schedules.refuse_formats], verbose_name="formats"
                            ),
                        ),
                        (
                            "recipients",
                            models.JSONField(
                                blank=True,
                                default=list,
                                validators=[crm.models.schedules.refuse_recipients],
                                verbose_name="recipients",
                            ),
                        ),
                        ("publishes", models.BooleanField(default=False, verbose_name="publish as an edition")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("queued", "Waiting"),
                                    ("running", "Running"),
                                    ("done", "Done"),
                                    ("failed", "Failed"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default=crm.values.schedules.RunState["QUEUED"],
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "step",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waits for a worker"),
                                    ("figures", "Reading the figures"),
                                    ("documents", "Making the files"),
                                    ("mails", "Sending the mails"),
                                    ("ended", "Nothing more to do"),
                                ],
                                default=crm.values.schedules.RunStep["WAITING"],
                                max_length=10,
                            ),
                        ),
                        ("detail", models.CharField(blank=True, max_length=260)),
                        ("progress", models.PositiveSmallIntegerField(default=0)),
                        ("attempt", models.PositiveSmallIntegerField(default=0)),
                        ("cancel_asked", models.BooleanField(default=False)),
                        ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="started")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                        ("title", models.CharField(blank=True, max_length=300, verbose_name="title")),
                        (
                            "fault",
                            models.CharField(
                                blank=True,
                                choices=[
                                    (
                                        "font",
                                        "The Korean font is not installed, so no PDF can be made. Nothing was sent.",
                                    ),
                                    (
                                        "not_answerable",
                                        "There is no report for this period and time. Nothing was sent.",
                                    ),
                                    ("no_mail", "The files are made, but no mail could be sent."),
                                    (
                                        "unforeseen",
                                        "It broke off for a reason that was not foreseen; tell the administrator.",
                                    ),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("error", models.TextField(blank=True)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="asked for by",
                            ),
                        ),
                        (
                            "schedule",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="runs",
                                to="crm.reportschedule",
                                verbose_name="report schedule",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "report run",
                        "ordering": ["-created_at", "-id"],
                        "indexes": [models.Index(fields=["state"], name="run_state")],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalRunMail",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        ("address", models.CharField(max_length=254)),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        ("error", models.TextField(blank=True)),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
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
                            "run",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.reportrun",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical run mail",
                        "verbose_name_plural": "historical run mails",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalRunFile",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        ("format", models.CharField(max_length=10)),
                        ("file", models.TextField(max_length=200)),
                        ("file_name", models.CharField(max_length=200)),
                        ("sha256", models.CharField(max_length=64)),
                        ("size", models.PositiveBigIntegerField()),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
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
                            "run",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.reportrun",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical run file",
                        "verbose_name_plural": "historical run files",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="ReportSchedule",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        ("report", models.CharField(default="quarterly", max_length=30, verbose_name="report")),
                        (
                            "language",
                            models.CharField(
                                choices=[("ko", "한국어"), ("en", "English")],
                                default="ko",
                                max_length=5,
                                verbose_name="language",
                            ),
                        ),
                        (
                            "formats",
                            models.JSONField(
                                default=list, validators=[crm.models.schedules.refuse_formats], verbose_name="formats"
                            ),
                        ),
                        (
                            "covers",
                            models.CharField(
                                choices=[
                                    ("last_quarter", "The last quarter that has ended"),
                                    ("this_quarter", "The running quarter, up to then"),
                                ],
                                default=crm.values.schedules.Covered["LAST_QUARTER"],
                                max_length=20,
                                verbose_name="quarter told",
                            ),
                        ),
                        (
                            "rhythm",
                            models.CharField(
                                choices=[
                                    ("quarterly", "Days after the quarter's end"),
                                    ("monthly", "Day of the month"),
                                    ("weekly", "Day of the week (Monday is 1)"),
                                ],
                                default=crm.values.schedules.Rhythm["QUARTERLY"],
                                max_length=10,
                                verbose_name="rhythm",
                            ),
                        ),
                        ("day", models.PositiveSmallIntegerField(verbose_name="on day")),
                        ("starts_on", models.DateField()),
                        (
                            "recipients",
                            models.JSONField(
                                blank=True,
                                default=list,
                                validators=[crm.models.schedules.refuse_recipients],
                                verbose_name="recipients",
                            ),
                        ),
                        ("publishes", models.BooleanField(default=False, verbose_name="publish as an edition")),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="set by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "report schedule",
                        "ordering": ["name", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalReportRun",
                    fields=[
                        ("entered_at", models.DateTimeField(default=crm.models.base.current_entry_time)),
                        ("action", models.CharField(default=crm.models.base.current_action, max_length=60)),
                        ("id", models.UUIDField(db_index=True, default=uuid_utils.compat.uuid7, editable=False)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="recorded")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        ("key", models.CharField(blank=True, db_index=True, max_length=80, null=True)),
                        ("report", models.CharField(default="quarterly", max_length=30, verbose_name="report")),
                        ("about", models.CharField(max_length=120)),
                        ("as_of", models.DateTimeField(verbose_name="as of")),
                        (
                            "language",
                            models.CharField(
                                choices=[("ko", "한국어"), ("en", "English")],
                                default="ko",
                                max_length=5,
                                verbose_name="language",
                            ),
                        ),
                        (
                            "formats",
                            models.JSONField(
                                default=list, validators=[crm.models.schedules.refuse_formats], verbose_name="formats"
                            ),
                        ),
                        (
                            "recipients",
                            models.JSONField(
                                blank=True,
                                default=list,
                                validators=[crm.models.schedules.refuse_recipients],
                                verbose_name="recipients",
                            ),
                        ),
                        ("publishes", models.BooleanField(default=False, verbose_name="publish as an edition")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("queued", "Waiting"),
                                    ("running", "Running"),
                                    ("done", "Done"),
                                    ("failed", "Failed"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default=crm.values.schedules.RunState["QUEUED"],
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "step",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waits for a worker"),
                                    ("figures", "Reading the figures"),
                                    ("documents", "Making the files"),
                                    ("mails", "Sending the mails"),
                                    ("ended", "Nothing more to do"),
                                ],
                                default=crm.values.schedules.RunStep["WAITING"],
                                max_length=10,
                            ),
                        ),
                        ("detail", models.CharField(blank=True, max_length=260)),
                        ("progress", models.PositiveSmallIntegerField(default=0)),
                        ("attempt", models.PositiveSmallIntegerField(default=0)),
                        ("cancel_asked", models.BooleanField(default=False)),
                        ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="started")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                        ("title", models.CharField(blank=True, max_length=300, verbose_name="title")),
                        (
                            "fault",
                            models.CharField(
                                blank=True,
                                choices=[
                                    (
                                        "font",
                                        "The Korean font is not installed, so no PDF can be made. Nothing was sent.",
                                    ),
                                    (
                                        "not_answerable",
                                        "There is no report for this period and time. Nothing was sent.",
                                    ),
                                    ("no_mail", "The files are made, but no mail could be sent."),
                                    (
                                        "unforeseen",
                                        "It broke off for a reason that was not foreseen; tell the administrator.",
                                    ),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("error", models.TextField(blank=True)),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="asked for by",
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
                            "schedule",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="crm.reportschedule",
                                verbose_name="report schedule",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical report run",
                        "verbose_name_plural": "historical report runs",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="RunFile",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("format", models.CharField(max_length=10)),
                        ("file", models.FileField(max_length=200, upload_to="")),
                        ("file_name", models.CharField(max_length=200)),
                        ("sha256", models.CharField(max_length=64)),
                        ("size", models.PositiveBigIntegerField()),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="files", to="crm.reportrun"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["format"],
                        "constraints": [models.UniqueConstraint(fields=("run", "format"), name="run_format_once")],
                    },
                ),
                migrations.CreateModel(
                    name="RunMail",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("address", models.CharField(max_length=254)),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        ("error", models.TextField(blank=True)),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="mails", to="crm.reportrun"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["created_at", "id"],
                        "constraints": [models.UniqueConstraint(fields=("run", "address"), name="run_mail_once")],
                    },
                ),
                migrations.CreateModel(
                    name="SavedFilter",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("place", models.CharField(max_length=40, verbose_name="list")),
                        ("name", models.CharField(max_length=80, verbose_name="name")),
                        ("query", models.CharField(blank=True, max_length=2000, verbose_name="filters")),
                        ("is_shared", models.BooleanField(default=False, verbose_name="shared with all")),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="saved_filters",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="owner",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "saved filter",
                        "ordering": ["name", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("archived_at__isnull", True)),
                                fields=("owner", "place", "name"),
                                name="saved_filter_once",
                            )
                        ],
                    },
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
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
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="crm.outcome"
                            ),
                        ),
                        (
                            "second",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="crm.outcome"
                            ),
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
                migrations.CreateModel(
                    name="SimilarPair",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("is_same_key", models.BooleanField(default=False)),
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
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="crm.organisation"
                            ),
                        ),
                        (
                            "second",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="crm.organisation"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "similar organisations",
                        "constraints": [
                            models.UniqueConstraint(fields=("first", "second"), name="pair_once"),
                            models.CheckConstraint(
                                condition=models.Q(("first__lt", models.F("second"))), name="pair_in_order"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StageStep",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        (
                            "from_stage",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("planned", "Planned"),
                                    ("invested", "Invested"),
                                    ("plan_changed", "Plan changed"),
                                    ("invested_elsewhere", "Invested elsewhere"),
                                    ("closed", "Business closed"),
                                    ("withdrawn", "Withdrawn"),
                                    ("expected", "Expected"),
                                    ("signed", "Signed"),
                                    ("in_progress", "In progress"),
                                    ("fulfilled", "Fulfilled"),
                                    ("notified", "Notified"),
                                    ("arrived_in_part", "Arrived in part"),
                                    ("arrived", "Arrived"),
                                    ("delivering", "Delivering"),
                                    ("converted", "Turned into an agreement"),
                                    ("running", "Running"),
                                    ("completed", "Completed"),
                                    ("promised", "Promised"),
                                    ("in_talks", "In talks"),
                                    ("settled", "Agreed"),
                                    ("realised", "Realised"),
                                    ("lapsed", "Lapsed"),
                                    ("terminated", "Terminated"),
                                ],
                                max_length=20,
                                verbose_name="from stage",
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("planned", "Planned"),
                                    ("invested", "Invested"),
                                    ("plan_changed", "Plan changed"),
                                    ("invested_elsewhere", "Invested elsewhere"),
                                    ("closed", "Business closed"),
                                    ("withdrawn", "Withdrawn"),
                                    ("expected", "Expected"),
                                    ("signed", "Signed"),
                                    ("in_progress", "In progress"),
                                    ("fulfilled", "Fulfilled"),
                                    ("notified", "Notified"),
                                    ("arrived_in_part", "Arrived in part"),
                                    ("arrived", "Arrived"),
                                    ("delivering", "Delivering"),
                                    ("converted", "Turned into an agreement"),
                                    ("running", "Running"),
                                    ("completed", "Completed"),
                                    ("promised", "Promised"),
                                    ("in_talks", "In talks"),
                                    ("settled", "Agreed"),
                                    ("realised", "Realised"),
                                    ("lapsed", "Lapsed"),
                                    ("terminated", "Terminated"),
                                ],
                                max_length=20,
                                verbose_name="stage",
                            ),
                        ),
                        ("taken_on", models.DateField(verbose_name="taken on")),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        (
                            "evidence",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crm.document",
                                verbose_name="evidence",
                            ),
                        ),
                        (
                            "outcome",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="crm.outcome"
                            ),
                        ),
                        (
                            "taken_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "step",
                        "ordering": ["created_at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Target",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year")),
                        (
                            "quarter",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                choices=[(1, "1/4"), (2, "2/4"), (3, "3/4"), (4, "4/4")],
                                null=True,
                                verbose_name="quarter",
                            ),
                        ),
                        (
                            "measure",
                            models.CharField(
                                choices=[("count", "Count"), ("money", "Money"), ("jobs", "Jobs")],
                                max_length=10,
                                verbose_name="measure",
                            ),
                        ),
                        (
                            "series",
                            models.CharField(
                                choices=[
                                    ("consulted", "Consulted"),
                                    ("expected", "Expected"),
                                    ("announced", "Announced"),
                                    ("committed", "Committed"),
                                    ("realised", "Realised"),
                                ],
                                max_length=12,
                                verbose_name="series",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("expected_contract", "Expected contract"),
                                    ("purchase_loi", "Purchase letter of intent"),
                                    ("onsite_contract", "On-site contract"),
                                    ("export_contract", "Export contract"),
                                    ("realised_export", "Realised export"),
                                    ("investment_loi", "Investment letter of intent"),
                                    ("investment_mou", "Investment MOU"),
                                    ("definitive_agreement", "Definitive agreement"),
                                    ("fdi_notified", "FDI notified"),
                                    ("fdi_arrived", "FDI arrived"),
                                    ("groundbreaking", "Groundbreaking"),
                                    ("completion", "Completion"),
                                    ("operation", "Operation"),
                                    ("business_mou", "Business MOU"),
                                    ("promise", "Promise of further talks"),
                                    ("demonstration", "Demonstration agreement"),
                                    ("pavilion_operation", "Pavilion operation"),
                                ],
                                max_length=24,
                                verbose_name="kind",
                            ),
                        ),
                        ("value", crm.models.fields.ExactDecimalField(places=4, verbose_name="target")),
                        ("currency", models.CharField(blank=True, max_length=3, verbose_name="currency")),
                        ("source", models.CharField(max_length=300, verbose_name="source")),
                        ("key", models.CharField(editable=False, max_length=200)),
                        (
                            "event",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="targets",
                                to="crm.event",
                                verbose_name="event",
                            ),
                        ),
                        (
                            "org_unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="targets",
                                to="crm.orgunit",
                                verbose_name="org unit",
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="targets",
                                to="crm.programme",
                                verbose_name="programme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "target",
                        "indexes": [models.Index(fields=["year", "quarter"], name="crm_target_year_014d67_idx")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("archived_at__isnull", True)),
                                fields=("key",),
                                name="target_once",
                                violation_error_message="This target is set already; change it.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("event__isnull", True), ("org_unit__isnull", True)),
                                    models.Q(("org_unit__isnull", True), ("programme__isnull", True)),
                                    models.Q(("event__isnull", True), ("programme__isnull", True)),
                                    _connector="OR",
                                ),
                                name="target_of_one",
                                violation_error_message="A target is of one unit, one event or one programme.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("event__isnull", True),
                                    models.Q(("quarter__isnull", True), ("year__isnull", True)),
                                    _connector="OR",
                                ),
                                name="target_of_event_has_no_year",
                                violation_error_message="A target of an event is for the whole event.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("event__isnull", False), ("year__range", (1995, 2100)), _connector="OR"
                                ),
                                name="target_has_year",
                                violation_error_message="Say the year, from 1995 to 2100.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("value__gt", 0)),
                                name="target_is_positive",
                                violation_error_message="A target is above zero.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("currency__gt", ""), ("measure", crm.values.measures.Measure["MONEY"])),
                                    models.Q(
                                        models.Q(("measure", crm.values.measures.Measure["MONEY"]), _negated=True),
                                        ("currency", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="target_currency_with_money",
                                violation_error_message="An amount has a currency; other measures have none.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="UnitSuccession",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("renamed", "Renamed"), ("split", "Split"), ("merged", "Merged")],
                                default=crm.values.measures.SuccessionKind["RENAMED"],
                                max_length=10,
                            ),
                        ),
                        ("in_force_from", models.DateField(blank=True, null=True)),
                        ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                        (
                            "predecessor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="successions",
                                to="crm.orgunit",
                            ),
                        ),
                        (
                            "successor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="predecessions",
                                to="crm.orgunit",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("predecessor", "successor"), name="succession_once"),
                            models.CheckConstraint(
                                condition=models.Q(("predecessor", models.F("successor")), _negated=True),
                                name="unit_is_not_its_own_heir",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WebhookAttempt",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("claim", models.UUIDField()),
                        ("at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(null=True)),
                        ("status", models.PositiveSmallIntegerField(null=True)),
                        (
                            "fault",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("not_allowed", "The target is on no allow-list: nothing was sent"),
                                    ("unknown_name", "The name of the host is not known"),
                                    ("no_connection", "No connection"),
                                    ("too_slow", "No answer in time"),
                                    ("wrong_certificate", "The certificate is not valid for this host"),
                                    ("broken_answer", "The answer is none of HTTP"),
                                    ("refused", "Answered with an error"),
                                    ("cut_off", "Cut off: it may have arrived"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("detail", models.CharField(blank=True, max_length=300)),
                        (
                            "delivery",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tries",
                                to="crm.webhookdelivery",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="WebhookEndpoint",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("label", models.CharField(max_length=120, verbose_name="label")),
                        ("address", models.CharField(max_length=500, verbose_name="address")),
                        (
                            "types",
                            models.JSONField(
                                blank=True,
                                default=list,
                                validators=[crm.models.webhooks.refuse_types],
                                verbose_name="types",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
                        ("switched_off_at", models.DateTimeField(blank=True, null=True, verbose_name="switched off")),
                        (
                            "switched_off_why",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("by_hand", "Switched off by hand"),
                                    ("unreachable", "Switched off: not delivered for 76 hours"),
                                    ("gone", "Switched off: the target answered that it is gone (410)"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "secret",
                            models.CharField(default=crm.values.webhooks.new_secret, editable=False, max_length=100),
                        ),
                        ("old_secret", models.CharField(blank=True, editable=False, max_length=100)),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="webhooks",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="client",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "webhook",
                        "ordering": ["label", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="WebhookPlace",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("epoch", models.UUIDField()),
                        ("sent_to_seq", models.BigIntegerField()),
                        ("tried_at", models.DateTimeField(null=True)),
                        (
                            "endpoint",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="place",
                                to="crm.webhookendpoint",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Wording",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("record_type", models.CharField(max_length=30)),
                        ("record_id", models.UUIDField(unique=True)),
                        ("text", models.TextField(blank=True)),
                        ("initials", models.TextField(blank=True)),
                    ],
                    options={
                        "indexes": [models.Index(fields=["record_type", "id"], name="crm_wording_record__f272ad_idx")],
                    },
                ),
                migrations.CreateModel(
                    name="AccessLog",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("at", models.DateTimeField(db_index=True)),
                        ("address", models.CharField(blank=True, max_length=64)),
                        ("channel", models.CharField(max_length=10)),
                        ("subject_type", models.CharField(max_length=30)),
                        ("subject_id", models.UUIDField()),
                        ("deed", models.CharField(max_length=20)),
                        ("purpose", models.CharField(blank=True, max_length=300)),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["subject_type", "subject_id"], name="crm_accessl_subject_7bb755_idx")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Delegation",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        (
                            "capacity",
                            models.CharField(
                                choices=[
                                    ("own", "In one's own right"),
                                    ("delegated", "Delegated"),
                                    ("acting", "Acting"),
                                ],
                                default=crm.values.concurrence.Capacity["ACTING"],
                                max_length=10,
                                verbose_name="capacity",
                            ),
                        ),
                        ("from_on", models.DateField(verbose_name="from")),
                        ("until_on", models.DateField(blank=True, null=True, verbose_name="until")),
                        ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                        (
                            "deputy",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="delegations_had",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="deputy",
                            ),
                        ),
                        (
                            "giver",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="delegations_given",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="in whose place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "delegation",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until_on__isnull", True), ("until_on__gte", models.F("from_on")), _connector="OR"
                                ),
                                name="delegation_ends_after_it_begins",
                                violation_error_message="The delegation ends before it begins.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("giver", models.F("deputy")), _negated=True),
                                name="nobody_is_their_own_deputy",
                                violation_error_message="Nobody stands in for themselves.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DemonstrationKpi",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="measured quantity")),
                        ("unit", models.CharField(blank=True, max_length=40, verbose_name="unit of measurement")),
                        ("target", crm.models.fields.ExactDecimalField(places=4, verbose_name="target")),
                        (
                            "measured",
                            crm.models.fields.ExactDecimalField(
                                blank=True, null=True, places=4, verbose_name="measured"
                            ),
                        ),
                        ("measured_on", models.DateField(blank=True, null=True, verbose_name="measured on")),
                        ("lower_is_better", models.BooleanField(default=False, verbose_name="lower is better")),
                        (
                            "demonstration",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="kpis", to="crm.demonstration"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "KPI",
                        "ordering": ["created_at", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("archived_at__isnull", True)),
                                fields=("demonstration", "name"),
                                name="kpi_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DigestMail",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("on", models.DateField()),
                        ("lines", models.PositiveIntegerField(default=0)),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        ("error", models.TextField(blank=True)),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="digests",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("account", "on"), name="one_digest_a_day")],
                    },
                ),
                migrations.CreateModel(
                    name="EventClaim",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("measure", models.CharField(max_length=60, verbose_name="what is claimed")),
                        ("value", models.CharField(max_length=200, verbose_name="value")),
                        ("as_of", models.DateField(blank=True, null=True, verbose_name="as of")),
                        ("source", models.CharField(max_length=300, verbose_name="source")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("confirmed", "Confirmed"),
                                    ("disputed", "Disputed"),
                                    ("superseded", "Superseded"),
                                    ("unreviewed", "Not reviewed"),
                                ],
                                default=crm.values.measures.ClaimStatus["UNREVIEWED"],
                                max_length=12,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="claims", to="crm.event"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["measure", "as_of", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("archived_at__isnull", True),
                                    ("status", crm.values.measures.ClaimStatus["CONFIRMED"]),
                                ),
                                fields=("event", "measure"),
                                name="one_confirmed_claim_a_measure",
                                violation_error_message="Another claim of this measure is confirmed; dispute or supersede it first.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EventCost",
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
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("item", models.CharField(max_length=200, verbose_name="item")),
                        (
                            "payer",
                            models.CharField(
                                choices=[
                                    ("city", "City funds"),
                                    ("state", "State funds"),
                                    ("own", "Borne by the exhibitors"),
                                    ("other", "Other funds"),
                                ],
                                default=crm.values.measures.Payer["CITY"],
                                max_length=12,
                                verbose_name="borne by",
                            ),
                        ),
                        ("amount", crm.models.fields.ExactDecimalField(places=4, verbose_name="amount")),
                        ("currency", models.CharField(max_length=3, verbose_name="currency")),
                        ("source", models.CharField(max_length=300, verbose_name="source")),
                        (
                            "event",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="costs",
                                to="crm.event",
                                verbose_name="event",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "cost",
                        "ordering": ["created_at", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)),
                                name="cost_is_positive",
                                violation_error_message="A cost is above zero.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FeedEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("seq", models.BigIntegerField(null=True, unique=True)),
                        ("others_seq", models.BigIntegerField(null=True)),
                        ("record_type", models.CharField(max_length=30)),
                        ("record_id", models.UUIDField()),
                        ("version", models.PositiveIntegerField()),
                        ("deleted", models.BooleanField(default=False)),
                        ("reason", models.CharField(blank=True, max_length=12)),
                        ("merged_into", models.UUIDField(null=True)),
                        ("changed_at", models.DateTimeField()),
                        ("action", models.CharField(max_length=60)),
                        (
                            "actor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["record_type", "record_id"], name="crm_feedent_record__cf10f3_idx"),
                            models.Index(condition=models.Q(("seq", None)), fields=["id"], name="feed_unnumbered"),
                            models.Index(fields=["record_type", "seq"], name="feed_by_type"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KeptAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("method", models.CharField(max_length=8)),
                        ("path", models.CharField(max_length=500)),
                        ("key", models.CharField(max_length=255)),
                        ("asked", models.CharField(max_length=64)),
                        ("status", models.PositiveSmallIntegerField()),
                        ("headers", models.JSONField(default=dict)),
                        ("body", models.BinaryField()),
                        ("answered_at", models.DateTimeField(db_index=True)),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("account", "method", "path", "key"), name="answered_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Notification",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("kind", models.CharField(max_length=30)),
                        ("record_type", models.CharField(max_length=30)),
                        ("record_id", models.UUIDField()),
                        ("at", models.DateTimeField()),
                        ("read_at", models.DateTimeField(null=True)),
                        (
                            "account",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notifications",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "who",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["account", "-at", "-id"], name="told_latest"),
                            models.Index(
                                condition=models.Q(("read_at__isnull", True)),
                                fields=["account", "-at", "-id"],
                                name="told_unread",
                            ),
                            models.Index(
                                condition=models.Q(("read_at__isnull", False)), fields=["read_at"], name="told_read"
                            ),
                        ],
                    },
                ),
            ]
        ),
        migrations.RunPython(triggers.apply_in_migration, triggers.undo_in_migration),
    ]
