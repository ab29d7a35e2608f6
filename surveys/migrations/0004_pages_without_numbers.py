"""Pages are known by their response and place alone; their running number goes, with its order."""

import django.db.models.deletion
from django.db import migrations, models


def copy_pages(apps, schema_editor):
    old, new = apps.get_model("surveys", "SealedPage"), apps.get_model("surveys", "PlacedPage")
    # In the order of random identities, not in the order in which they came.
    rows = old.objects.order_by("response_id", "page").iterator(chunk_size=1000)
    new.objects.bulk_create(
        (
            new(response_id=row.response_id, page=row.page, seq=row.seq, sealed=row.sealed)
            for row in rows
        ),
        batch_size=1000,
    )


class Migration(migrations.Migration):
    dependencies = [("surveys", "0003_lesson_for_everyone")]

    operations = [
        migrations.CreateModel(
            name="PlacedPage",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "response_id", "page", blank=True, editable=False, primary_key=True,
                        serialize=False,
                    ),
                ),
                ("page", models.CharField(max_length=20)),
                ("seq", models.PositiveBigIntegerField()),
                ("sealed", models.BinaryField()),
                (
                    "response",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="placed_pages",
                        to="surveys.response",
                    ),
                ),
            ],
        ),
        migrations.RunPython(copy_pages, migrations.RunPython.noop),
    ]
