"""Put papers behind the wall, and keep signed ones as they are."""

from django.db import migrations

from hearth.lib.wall import WallTable

# A signed paper keeps its words and figures, whatever a later program does.
FREEZE = """
    CREATE FUNCTION papers_keep_words() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF OLD.state IN ('signed', 'issued', 'superseded') AND (
            TG_OP = 'DELETE' OR NEW.source <> OLD.source OR NEW.expanded <> OLD.expanded
            OR NEW.title <> OLD.title OR NEW.kind <> OLD.kind
            OR NEW.signer <> OLD.signer OR NEW.signed_at <> OLD.signed_at OR NEW.state IN ('draft', 'review')
        ) THEN RAISE EXCEPTION 'a signed paper is kept as it is' USING ERRCODE = 'insufficient_privilege'; END IF;
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END $$;
    CREATE TRIGGER papers_keep_words BEFORE UPDATE OR DELETE ON papers_paper
        FOR EACH ROW EXECUTE FUNCTION papers_keep_words();
    CREATE FUNCTION papers_keep_figures() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE the_state text;
    BEGIN
        SELECT state INTO the_state FROM papers_paper
            WHERE id = CASE TG_OP WHEN 'INSERT' THEN NEW.paper_id ELSE OLD.paper_id END;
        IF the_state IN ('signed', 'issued', 'superseded')
        THEN RAISE EXCEPTION 'figures of a signed paper are kept as they are' USING ERRCODE = 'insufficient_privilege'; END IF;
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END $$;
    CREATE TRIGGER papers_keep_figures BEFORE INSERT OR UPDATE OR DELETE ON papers_figure
        FOR EACH ROW EXECUTE FUNCTION papers_keep_figures();
"""
THAW = """
    DROP TRIGGER papers_keep_figures ON papers_figure;
    DROP FUNCTION papers_keep_figures();
    DROP TRIGGER papers_keep_words ON papers_paper;
    DROP FUNCTION papers_keep_words();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("papers", "0001_initial"),
        ("directory", "0002_wall"),
    ]

    operations = [
        WallTable("papers_paper"),
        WallTable("papers_figure"),
        WallTable("papers_figurerecord"),
        migrations.RunSQL(FREEZE, THAW),
    ]
