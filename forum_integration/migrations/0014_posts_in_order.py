from django.db import migrations


class Migration(migrations.Migration):
    """A page of a long topic is found in the index, without reading the posts before it. The table is machina's."""

    dependencies = [
        ("forum_conversation", "0013_auto_20201220_1745"),
        ("forum_integration", "0013_ideas"),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX forum_posts_in_order ON forum_conversation_post (topic_id, created, id, approved)",
            "DROP INDEX forum_posts_in_order",
        ),
    ]
