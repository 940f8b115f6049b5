"""Raise the wall: the tree itself, the apps that stand below it, and people."""

from django.db import migrations

from hearth.lib.wall import APP_ROLE, CURRENT, AppendOnly, WallTable

# Every house reads the names of all organisations; it changes only those below its own.
# Without this a house could re-path a sister organisation, and her rows would move along.
INSIDE = f"path >= {CURRENT} AND path < ({CURRENT} || '~')"
BELOW = f"path > {CURRENT} AND path < ({CURRENT} || '~')"
ORGANISATION_POLICIES = f"""
    ALTER TABLE directory_organisation ENABLE ROW LEVEL SECURITY;
    ALTER TABLE directory_organisation FORCE ROW LEVEL SECURITY;
    CREATE POLICY hearth_read ON directory_organisation FOR SELECT TO {APP_ROLE} USING (true);
    CREATE POLICY hearth_add ON directory_organisation FOR INSERT TO {APP_ROLE} WITH CHECK ({INSIDE});
    CREATE POLICY hearth_change ON directory_organisation FOR UPDATE TO {APP_ROLE} USING ({INSIDE}) WITH CHECK ({INSIDE});
    CREATE POLICY hearth_remove ON directory_organisation FOR DELETE TO {APP_ROLE} USING ({BELOW});
"""
ORGANISATION_POLICIES_UNDONE = """
    DROP POLICY hearth_read ON directory_organisation;
    DROP POLICY hearth_add ON directory_organisation;
    DROP POLICY hearth_change ON directory_organisation;
    DROP POLICY hearth_remove ON directory_organisation;
    ALTER TABLE directory_organisation NO FORCE ROW LEVEL SECURITY;
    ALTER TABLE directory_organisation DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0001_initial"),
        ("audit", "0001_initial"),
        ("files", "0001_initial"),
        ("jobs", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(ORGANISATION_POLICIES, ORGANISATION_POLICIES_UNDONE),
        WallTable("audit_event"),
        WallTable("files_file"),
        WallTable("jobs_job"),
        WallTable("directory_person"),
        AppendOnly("audit_event"),
    ]
