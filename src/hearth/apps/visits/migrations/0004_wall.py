"""Put what belongs to visits and cases, and the contacts of cadres, behind the wall."""

from django.db import migrations

from hearth.lib.wall import WallTable


class Migration(migrations.Migration):
    dependencies = [
        ("visits", "0003_field"),
        ("directory", "0002_wall"),
    ]

    operations = [
        WallTable("visits_confidence"),
        WallTable("visits_casereply"),
        WallTable("visits_casereminder"),
        WallTable("visits_gift"),
        WallTable("visits_visitfile"),
        WallTable("visits_yield"),
        WallTable("visits_contact"),
        WallTable("visits_contactrule"),
    ]
