"""Put registrations, the door and feedback behind the wall; the public copies stay outside."""

from django.db import migrations

from hearth.lib.wall import WallTable


class Migration(migrations.Migration):
    dependencies = [
        ("outreach", "0003_places"),
        ("directory", "0002_wall"),
    ]

    operations = [
        WallTable("outreach_registration"),
        WallTable("outreach_scan"),
        WallTable("outreach_feedback"),
    ]
