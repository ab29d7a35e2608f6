"""The copied pages take the place of the numbered ones (apart: rows first, then tables)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("surveys", "0004_pages_without_numbers")]

    operations = [
        migrations.DeleteModel("SealedPage"),
        migrations.RenameModel("PlacedPage", "SealedPage"),
        migrations.AlterField(
            model_name="sealedpage",
            name="response",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="pages",
                to="surveys.response",
            ),
        ),
    ]
