"""The name of a constraint belongs to one table alone: exchange has a reply too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("papers", "0005_kept")]

    operations = [
        migrations.RemoveConstraint(model_name="reply", name="reply_says_something"),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="paper_reply_says_something"
            ),
        ),
    ]
