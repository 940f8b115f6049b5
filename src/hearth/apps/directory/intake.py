"""Taking in organisations and people from spreadsheets, and finding both by the names that clerks write."""

from difflib import get_close_matches

from django.conf import settings
from django.db.models import TextChoices
from django.utils import translation

from hearth.apps.accounts.models import User
from hearth.apps.directory import actions
from hearth.apps.directory.models import Actor, Organisation, Person
from hearth.apps.directory.states import Kind as OrganisationKind
from hearth.apps.directory.states import PersonKind, Role
from hearth.lib.faults import Findings
from hearth.lib.sheets import Reading
from hearth.lib.tables import Column, Kind, Row, Table
from hearth.lib.wall import scope


def choices(labels: type[TextChoices]) -> tuple[str, ...]:
    """The Chinese words of a choice, as a column offers them, whatever language the screen has."""
    with translation.override(settings.LANGUAGE_CODE):
        return tuple(str(label) for label in labels.labels)


def chosen(labels: type[TextChoices], row: Row, column: str) -> str:
    """The stored value of the word that stands in a cell; empty for an empty cell."""
    word = row.optional(column, str)
    return dict(zip(choices(labels), labels.values, strict=True)).get(word or "", "")


ORGANISATIONS = Table(
    name="组织",
    columns=(
        Column(name="编码", required=True, unique=True, longest=40),
        Column(name="名称", required=True, unique=True, longest=80),
        Column(name="简称", required=True, unique=True, longest=40),
        Column(name="类别", kind=Kind.CHOICE, required=True, choices=choices(OrganisationKind)),
        Column(name="上级编码", longest=40),
        Column(name="地区", longest=40),
        Column(name="联系人", longest=40),
        Column(name="电话", kind=Kind.PHONE),
    ),
)
PEOPLE = Table(
    name="人员",
    columns=(
        Column(name="编号", required=True, unique=True, longest=30),
        Column(name="姓名", required=True, unique=True, longest=40),
        Column(name="单位", required=True),
        Column(name="职务", longest=60),
        Column(name="职称", longest=40),
        Column(name="类别", kind=Kind.CHOICE, required=True, choices=choices(PersonKind)),
        Column(name="领域", longest=60),
        Column(name="电话", kind=Kind.PHONE),
        Column(name="角色", kind=Kind.CHOICE, choices=choices(Role)),
        Column(name="登录名", unique=True, longest=60),
    ),
)


def take_organisations(reading: Reading) -> Organisation:
    """Add the organisations that the house does not have yet; returns the root of its tree."""
    made = {organisation.code: organisation for organisation in Organisation.objects.all()}
    rows = [row for row in reading.of(ORGANISATIONS) if row["编码"] not in made]
    _check_superiors(rows, set(made))
    roots = [row for row in rows if not row["上级编码"]]
    root = _found(roots[0]) if roots else next(one for one in made.values() if one.parent_id is None)
    made[root.code] = root
    waiting = [row for row in rows if row["上级编码"]]
    with scope(root.path):
        while waiting:
            ready = [row for row in waiting if row["上级编码"] in made]
            for row in ready:
                superior = made[row.get("上级编码", str)]
                made[row.get("编码", str)] = _add(row, superior, Actor.house(root))
            waiting = [row for row in waiting if row not in ready]
    return root


def _check_superiors(rows: list[Row], known: set[str]) -> None:
    """Every new organisation leads up to a known one, or to the one root of an empty house."""
    findings = Findings()
    superiors = {row.get("编码", str): row.optional("上级编码", str) for row in rows}
    roots = [row for row in rows if not row["上级编码"]]
    for row in roots[0 if known else 1 :]:
        findings.add(row.fault("上级编码", cure="只有最上级的组织可以没有上级，请补上上级编码"))
    for row in rows:
        superior = row.optional("上级编码", str)
        if superior and superior not in superiors and superior not in known:
            near = _near(superior, [*superiors, *known])
            findings.add(row.fault("上级编码", wanted="本表“编码”列中的一个", cure=near))
        elif superior and _goes_round(row.get("编码", str), superiors):
            findings.add(row.fault("上级编码", cure="上级绕成了圈，请改其中一个"))
    if rows and not known and not roots:
        findings.add(rows[0].fault("上级编码", cure="没有最上级的组织，请让其中一个的上级编码空着"))
    findings.settle()


def _goes_round(code: str, superiors: dict[str, str | None]) -> bool:
    seen = {code}
    step = superiors.get(code)
    while step and step not in seen:
        seen.add(step)
        step = superiors.get(step)
    return bool(step)


def _found(row: Row) -> Organisation:
    return actions.found(
        code=row.get("编码", str),
        name=row.get("名称", str),
        short_name=row.get("简称", str),
        kind=OrganisationKind(chosen(OrganisationKind, row, "类别")),
        region=row.optional("地区", str) or "",
    )


def _add(row: Row, parent: Organisation, by: Actor) -> Organisation:
    return actions.add_organisation(
        parent=parent,
        code=row.get("编码", str),
        name=row.get("名称", str),
        short_name=row.get("简称", str),
        kind=OrganisationKind(chosen(OrganisationKind, row, "类别")),
        region=row.optional("地区", str) or "",
        contact=row.optional("联系人", str) or "",
        phone=row.optional("电话", str) or "",
        by=by,
    )


class Names:
    """Organisations and people by the names in cells. An unknown name is kept as a fault in ``findings``."""

    def __init__(self, by: Actor) -> None:
        self.by = by
        self.findings = Findings()
        self._organisations: dict[str, Organisation] = {}
        self._people: dict[str, Person] = {}

    def load(self) -> None:
        """Read the directory as it is now."""
        for organisation in Organisation.objects.visible_to(self.by):
            self._organisations[organisation.name] = organisation
            self._organisations[organisation.short_name] = organisation
        self._people = {
            person.name: person for person in Person.objects.visible_to(self.by).select_related("org")
        }

    @property
    def people(self) -> int:
        """How many people the directory knows."""
        return len(self._people)

    def organisation(self, row: Row, column: str) -> Organisation:
        """The organisation named in a cell. An unknown one becomes a fault, and the actor's own stands in its place."""
        return self.optional_organisation(row, column) or self.by.org

    def optional_organisation(self, row: Row, column: str) -> Organisation | None:
        name = row.optional(column, str)
        if name and name not in self._organisations:
            self.findings.add(
                row.fault(column, wanted="组织表里的名称或简称", cure=_near(name, list(self._organisations)))
            )
        return self._organisations.get(name or "")

    def organisations(self, row: Row, column: str) -> list[Organisation]:
        """The organisations listed in a cell, separated by 、."""
        names = [name.strip() for name in (row.optional(column, str) or "").split("、") if name.strip()]
        for name in names:
            if name not in self._organisations:
                self.findings.add(
                    row.fault(
                        column, wanted="组织表里的名称或简称", cure=_near(name, list(self._organisations))
                    )
                )
        return [self._organisations[name] for name in names if name in self._organisations]

    def person(self, row: Row, column: str) -> Person | None:
        """The person named in a cell; None for an empty cell. An unknown one becomes a fault."""
        name = row.optional(column, str)
        if name and name not in self._people:
            self.findings.add(
                row.fault(column, wanted="人员表里的姓名", cure=_near(name, list(self._people)))
            )
        return self._people.get(name or "")

    def organisation_called(self, name: str) -> Organisation | None:
        return self._organisations.get(name)

    def person_called(self, name: str) -> Person | None:
        return self._people.get(name)

    def near_person(self, name: str) -> str:
        return _near(name, list(self._people))

    def near_organisation(self, name: str) -> str:
        return _near(name, list(self._organisations))


def take_people(reading: Reading, names: Names) -> None:
    """Register the people the house does not know yet, and open the accounts that the table asks for.

    Passwords are set later, by invitation.
    """
    names.load()
    rows = [row for row in reading.of(PEOPLE) if names.person_called(row.get("姓名", str)) is None]
    for row in rows:
        names.organisation(row, "单位")
        role = chosen(Role, row, "角色")
        username = row.optional("登录名", str)
        if username and not role:
            names.findings.add(row.fault("角色", wanted="一个角色，有登录名的人要有角色"))
        if username and User.objects.filter(username=username).exists():
            names.findings.add(row.fault("登录名", cure="这个登录名已有人用，请换一个"))
    names.findings.settle()
    for row in rows:
        _take_person(row, names)
    names.load()


def _take_person(row: Row, names: Names) -> None:
    org = names.organisation(row, "单位")
    person = actions.add_person(
        org=org,
        number=row.get("编号", str),
        name=row.get("姓名", str),
        kind=PersonKind(chosen(PersonKind, row, "类别")),
        post=row.optional("职务", str) or "",
        title=row.optional("职称", str) or "",
        field=row.optional("领域", str) or "",
        phone=row.optional("电话", str) or "",
        by=names.by,
    )
    username = row.optional("登录名", str)
    if username:
        user = actions.open_account(person=person, username=username, by=names.by)
        actions.appoint(user=user, org=org, role=Role(chosen(Role, row, "角色")), by=names.by)


def _near(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=1, cutoff=0.4)
    return f"是不是“{near[0]}”" if near else "请先在那张表里登记"
