from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("crm", "0021_ledger_by_class"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="concurrence",
            index=models.Index(fields=["created_at"], name="concurrence_asked"),
        ),
    ]
