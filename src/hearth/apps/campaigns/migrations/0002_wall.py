"""Put the business of organisations behind the wall."""

from django.db import migrations

from hearth.lib.wall import WallTable


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0001_initial"),
        ("directory", "0002_wall"),
    ]

    operations = [
        WallTable("campaigns_campaign", key="subject_id"),
        WallTable("campaigns_duty"),
        WallTable("campaigns_suggestion"),
        WallTable("campaigns_session"),
        WallTable("campaigns_level"),
        WallTable("campaigns_quotation"),
    ]
