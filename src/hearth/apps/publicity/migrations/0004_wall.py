"""Put the plan, the stories, the contacts and what was sent behind the wall; the public copies stay outside."""

from django.db import migrations

from hearth.lib.wall import WallTable


class Migration(migrations.Migration):
    dependencies = [
        ("publicity", "0003_stories"),
        ("directory", "0002_wall"),
    ]

    operations = [
        WallTable("publicity_planneditem"),
        WallTable("publicity_article"),
        WallTable("publicity_mediacontact"),
        WallTable("publicity_mailing"),
        WallTable("publicity_delivery"),
    ]
