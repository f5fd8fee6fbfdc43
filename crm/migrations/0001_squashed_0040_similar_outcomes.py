"""What the first forty migrations come to, for an installation that has none of them."""

from django.db import migrations

from crm.models import triggers
from crm.models.made_at_once import MadeAtOnce

_STEPS = [
    "0001_initial",
    "0002_append_only",
    "0003_handshake_to_value",
    "0004_stages_and_concurrence",
    "0005_first_stages",
    "0006_saved_filters",
    "0007_bulk_changes",
    "0008_imports",
    "0009_targets",
    "0010_merges",
    "0011_event_days",
    "0012_what_is_closed",
    "0013_by_standing",
    "0014_many_of_any_kind",
    "0015_wordings",
    "0016_amounts_found",
    "0017_notifications",
    "0018_publications",
    "0019_listed_outcomes",
    "0020_found_by_index",
    "0021_ledger_by_class",
    "0022_report_schedules",
    "0023_found_evenly",
    "0024_reports_of_any_kind",
    "0025_the_feed_is_numbered",
    "0026_answers_are_kept",
    "0027_requests_are_counted",
    "0028_event_hosts",
    "0029_webhooks",
    "0030_found_by_initials",
    "0031_import_units",
    "0032_changes_of_others",
    "0033_names_are_free_again",
    "0034_companies_that_stayed",
    "0035_hidden_rows",
    "0036_names_of_a_record",
    "0037_hidden_columns",
    "0038_what_a_reader_was_told",
    "0039_wording_initials",
    "0040_similar_outcomes",
]


class Migration(migrations.Migration):
    initial = True

    dependencies = []
    replaces = [("crm", step) for step in _STEPS]

    operations = [
        MadeAtOnce(_STEPS),
        migrations.RunPython(triggers.apply_in_migration, triggers.undo_in_migration),
    ]
