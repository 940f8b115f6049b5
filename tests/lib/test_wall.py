"""The second wall: every table with an organisation's rows stands behind it, and each break of it is noticed."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import IntegrityError, ProgrammingError, connection, transaction

from hearth.apps.directory.models import Organisation, Person
from hearth.apps.directory.states import PersonKind
from hearth.lib.wall import as_owner, current_scope, scope
from tests.apps import houses

ORGANISATION = "directory_organisation"  # has policies of its own: everybody reads names
FINDINGS = f"""
    SELECT c.relname,
           c.relkind = 'r' AS is_table,
           c.relrowsecurity AND c.relforcerowsecurity AS forced,
           (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid) AS policies,
           (SELECT bool_and(p.polcmd = '*' AND p.polpermissive
                   AND p.polroles = ARRAY['hearth_app'::regrole::oid]
                   AND pg_get_expr(p.polqual, p.polrelid) = pg_get_expr(p.polwithcheck, p.polrelid)
                   AND pg_get_expr(p.polqual, p.polrelid) = (
                       SELECT pg_get_expr(polqual, polrelid) FROM pg_policy WHERE polrelid = 'directory_person'::regclass
                       AND polname = 'hearth_scope' ORDER BY oid LIMIT 1))
              FROM pg_policy p WHERE p.polrelid = c.oid) AS right_policy,
           (SELECT count(*) FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'f'
                   AND k.confrelid = '{ORGANISATION}'::regclass AND array_length(k.conkey, 1) = 2
                   AND k.confupdtype = 'c' AND k.convalidated) AS keys,
           (SELECT bool_and(a.attnotnull) FROM pg_attribute a
             WHERE a.attrelid = c.oid AND a.attname IN ('org_id', 'org_path')) AS filled,
           (SELECT count(*) FROM pg_index i JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
             WHERE i.indrelid = c.oid AND a.attname = 'org_path') AS indexes
      FROM pg_class c
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
       AND EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'org_path' AND NOT a.attisdropped)
"""
EXPECTED = "((org_path)::text >= NULLIF(current_setting('hearth.scope'::text, true), ''::text))"


def breaches() -> list[str]:
    """What stands outside the wall or weakens it, by table."""
    with connection.cursor() as cursor:
        cursor.execute(FINDINGS)
        rows = cursor.fetchall()
        cursor.execute(
            "SELECT pg_get_expr(polqual, polrelid) FROM pg_policy WHERE polrelid = 'directory_person'::regclass"
        )
        policies = [row[0] for row in cursor.fetchall()]
    found = (
        []
        if policies and EXPECTED in policies[0] and " OR " not in policies[0]
        else ["directory_person: policy"]
    )
    for name, is_table, forced, count, right, keys, filled, indexes in rows:
        if not is_table:
            found.append(f"{name}: not a table")
            continue
        checks = {
            "not forced": forced,
            "not exactly one policy": count == 1,
            "policy": right,
            "composite key": keys == 1,
            "empty path allowed": filled,
            "no index": indexes >= 1,
        }
        found.extend(f"{name}: {fault}" for fault, holds in checks.items() if not holds)
    return found


@pytest.fixture
def house(db: None) -> houses.House:
    return houses.build()


@pytest.fixture
def owner(committed: str) -> Iterator[None]:
    with as_owner(settings.OWNER_LOGIN):
        yield


def test_every_table_with_business_stands_behind_the_wall(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(FINDINGS)
        assert len(cursor.fetchall()) > 30
    assert breaches() == []


@pytest.mark.parametrize(
    "damage",
    [
        "ALTER TABLE visits_visit NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE visits_visit DISABLE ROW LEVEL SECURITY",
        "DROP POLICY hearth_scope ON visits_visit",
        "CREATE POLICY more ON visits_visit TO hearth_app USING (true)",
        "ALTER POLICY hearth_scope ON visits_visit USING (true)",
        "ALTER POLICY hearth_scope ON visits_visit WITH CHECK (true)",
        "ALTER POLICY hearth_scope ON visits_visit TO PUBLIC",
        "ALTER POLICY hearth_scope ON directory_person USING (true) WITH CHECK (true)",
        "ALTER TABLE visits_visit DROP CONSTRAINT visits_visit_org_fk",
        "DROP INDEX visits_visit_org_path",
        "ALTER TABLE visits_visit ALTER org_path DROP NOT NULL",
        "CREATE TABLE stray (org_path text)",
        "CREATE VIEW stray AS SELECT * FROM visits_visit",
        "CREATE VIEW stray WITH (security_invoker = false) AS SELECT * FROM visits_visit",
        "CREATE MATERIALIZED VIEW stray AS SELECT * FROM visits_visit",
    ],
)
def test_a_break_in_the_wall_is_found(owner: None, damage: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(damage)
    assert breaches() != []


def test_the_app_owns_nothing_and_cannot_pass_the_wall(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolbypassrls, rolcreatedb FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("hearth_app", False, False, False)
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = 'hearth_app'::regrole")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM pg_auth_members WHERE member = 'hearth_app'::regrole")
        assert cursor.fetchone() == (0,)


def test_without_a_scope_nothing_is_seen(house: houses.House) -> None:
    assert current_scope() == ""
    assert Person.objects.count() == 0


def test_a_scope_sees_itself_and_below(house: houses.House) -> None:
    for org, seen in ((house.province, 2), (house.city, 2), (house.county, 0), (house.sister, 0)):
        with scope(org.path):
            assert Person.objects.count() == seen


def test_scopes_nest_and_come_back(house: houses.House) -> None:
    with scope(house.city.path):
        with scope(house.county.path):
            assert current_scope() == house.county.path
        assert current_scope() == house.city.path
        with pytest.raises(RuntimeError), scope(house.county.path):
            raise RuntimeError
        assert current_scope() == house.city.path


def test_nothing_is_written_into_a_sister(house: houses.House) -> None:
    with (
        scope(house.city.path),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        Person.objects.create(org=house.sister, name="孙三", kind=PersonKind.CADRE)


def test_a_path_cannot_lie(house: houses.House) -> None:
    with scope(house.city.path), pytest.raises(IntegrityError, match="org_fk"), transaction.atomic():
        Person.objects.bulk_create(
            [Person(org=house.sister, org_path=house.city.path, name="孙三", kind=PersonKind.CADRE)]
        )


def test_a_sister_cannot_be_moved(house: houses.House) -> None:
    with scope(house.city.path):
        moved = Organisation.objects.filter(pk=house.sister.pk).update(path=house.city.path + "0099.")
    assert moved == 0


def test_a_read_only_scope_cannot_write(committed: str) -> None:
    house = houses.build()
    with pytest.raises(Exception, match="read-only transaction"), scope(house.city.path, read_only=True):
        Person.objects.create(org=house.city, name="孙三", kind=PersonKind.CADRE)


@pytest.mark.parametrize("path", ["0001", "1.", "0001.%", "0001.'; --", "~"])
def test_a_scope_that_is_no_path_is_refused(db: None, path: str) -> None:
    with pytest.raises(ValueError, match="a scope is a path"), scope(path):
        pass
