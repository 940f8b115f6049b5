"""Put what belongs to a paper's way behind the wall; versions stay as saved, signing waits for comments and countersigns."""

from django.db import migrations

from hearth.lib.wall import WallTable

TABLES = (
    "papers_picture",
    "papers_version",
    "papers_comment",
    "papers_reply",
    "papers_countersign",
    "papers_disclosure",
    "papers_series",
    "papers_registration",
)
# An organisation may move in the tree, so only what was said is kept.
KEEP = """
    CREATE FUNCTION papers_keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' OR (NEW.paper_id, NEW.number, NEW.source, NEW.figures, NEW.saved_by, NEW.saved_at)
            IS DISTINCT FROM (OLD.paper_id, OLD.number, OLD.source, OLD.figures, OLD.saved_by, OLD.saved_at)
        THEN RAISE EXCEPTION 'a version is kept as it was saved' USING ERRCODE = 'insufficient_privilege'; END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER papers_keep_version BEFORE UPDATE OR DELETE ON papers_version
        FOR EACH ROW EXECUTE FUNCTION papers_keep_version();
    CREATE FUNCTION papers_keep_disclosed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' OR (NEW.countersign_id, NEW.host_id, NEW.source, NEW.figures, NEW.word,
            NEW.disclosed_by, NEW.disclosed_at)
            IS DISTINCT FROM (OLD.countersign_id, OLD.host_id, OLD.source, OLD.figures, OLD.word,
            OLD.disclosed_by, OLD.disclosed_at)
            OR (OLD.assent <> 'asked' AND (NEW.assent, NEW.note) IS DISTINCT FROM (OLD.assent, OLD.note))
        THEN RAISE EXCEPTION 'a disclosure is kept as it was made' USING ERRCODE = 'insufficient_privilege'; END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER papers_keep_disclosed BEFORE UPDATE OR DELETE ON papers_disclosure
        FOR EACH ROW EXECUTE FUNCTION papers_keep_disclosed();
    CREATE FUNCTION papers_may_sign() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.state = 'signed' AND OLD.state <> 'signed' AND NEW.despite_comments = ''
            AND EXISTS (SELECT 1 FROM papers_comment WHERE paper_id = NEW.id AND settled_at IS NULL)
        THEN RAISE EXCEPTION 'comments are open' USING ERRCODE = 'check_violation'; END IF;
        IF OLD.state IN ('issued', 'superseded') AND NEW.number <> OLD.number
        THEN RAISE EXCEPTION 'a number that was given is kept' USING ERRCODE = 'insufficient_privilege'; END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER papers_may_sign BEFORE UPDATE ON papers_paper
        FOR EACH ROW EXECUTE FUNCTION papers_may_sign();
"""
UNDO = """
    DROP TRIGGER papers_may_sign ON papers_paper;
    DROP FUNCTION papers_may_sign();
    DROP TRIGGER papers_keep_disclosed ON papers_disclosure;
    DROP FUNCTION papers_keep_disclosed();
    DROP TRIGGER papers_keep_version ON papers_version;
    DROP FUNCTION papers_keep_version();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("papers", "0003_way"),
        ("directory", "0002_wall"),
    ]

    operations = [
        *(WallTable(table) for table in TABLES),
        migrations.RunSQL(KEEP, UNDO),
    ]
