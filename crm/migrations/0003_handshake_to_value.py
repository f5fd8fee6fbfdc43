from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("crm", "0002_append_only")]

    operations = [
        migrations.RenameField("outcome", "fulfilment", "stage"),
        migrations.RenameField("historicaloutcome", "fulfilment", "stage"),
        migrations.RenameField("outcome", "fulfilment_reason", "stage_reason"),
        migrations.RenameField("historicaloutcome", "fulfilment_reason", "stage_reason"),
        migrations.RenameField("ledgerentry", "fulfilment", "stage"),
    ]
