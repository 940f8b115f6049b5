"""Put the business of organisations behind the wall."""

from django.db import migrations

from hearth.lib.wall import WallTable


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0001_initial"),
        ("directory", "0002_wall"),
    ]

    operations = [
        WallTable("meetings_forum"),
        WallTable("meetings_slot"),
        WallTable("meetings_participant"),
        WallTable("meetings_absence"),
        WallTable("meetings_meeting"),
        WallTable("meetings_place"),
        WallTable("meetings_seat"),
        WallTable("meetings_attendance"),
        WallTable("meetings_appointment"),
    ]
