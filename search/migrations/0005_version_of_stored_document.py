from django.db import migrations, models


class Migration(migrations.Migration):
    """Empty until the next rebuild, which the change of the fields asks for by itself."""

    dependencies = [
        ("search", "0004_index_work"),
    ]

    operations = [
        migrations.AddField(
            model_name="storeddocument",
            name="title_order",
            field=models.CharField(default="", max_length=200),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="storeddocument",
            name="version",
            field=models.CharField(default="", help_text="Of the rules by which the columns were made.", max_length=10),
            preserve_default=False,
        ),
    ]
