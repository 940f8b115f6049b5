"""Changing the organisation tree, people and memberships."""

from django.db import transaction

from hearth.apps.accounts.models import User
from hearth.apps.audit import actions as audit
from hearth.apps.directory.models import Actor, House, Membership, Organisation, Person
from hearth.apps.directory.states import Kind, Permission, PersonKind, Role
from hearth.lib.wall import scope


class DirectoryRefused(Exception):
    """Something that the directory does not allow; the message names the cure."""


@transaction.atomic
def found(*, code: str, name: str, short_name: str, kind: Kind, region: str = "") -> Organisation:
    """Create the topmost organisation of an empty house."""
    if Organisation.objects.exists():
        raise DirectoryRefused("这个库里已经有组织，不能再建最上级；请在已有组织下新建。")
    with scope("0001."):
        root = Organisation.objects.create(
            code=code, name=name, short_name=short_name, kind=kind, path="0001.", region=region
        )
        House.objects.create(name=name)
        audit.record("新建", root, by=Actor.house(root))
    return root


@transaction.atomic
def add_organisation(
    *,
    parent: Organisation,
    code: str,
    name: str,
    short_name: str,
    kind: Kind,
    region: str = "",
    contact: str = "",
    phone: str = "",
    by: Actor,
) -> Organisation:
    locked = Organisation.objects.select_for_update().get(pk=parent.pk)
    last = Organisation.objects.filter(parent=locked).order_by("path").last()
    step = int(last.path[-5:-1]) + 1 if last else 1
    if step > 9999:
        raise DirectoryRefused(f"“{locked}”下已有 9999 个组织，请先加一层。")
    created = Organisation.objects.create(
        parent=locked,
        path=f"{locked.path}{step:04d}.",
        code=code,
        name=name,
        short_name=short_name,
        kind=kind,
        region=region,
        contact=contact,
        phone=phone,
    )
    audit.record("新建", created, by=by)
    return created


@transaction.atomic
def add_person(
    *,
    org: Organisation,
    name: str,
    kind: PersonKind,
    number: str = "",
    post: str = "",
    title: str = "",
    field: str = "",
    phone: str = "",
    by: Actor,
) -> Person:
    person = Person.objects.create(
        org=org, name=name, kind=kind, number=number, post=post, title=title, field=field, phone=phone
    )
    audit.record("登记", person, by=by)
    return person


@transaction.atomic
def open_account(*, person: Person, username: str, password: str | None = None, by: Actor) -> User:
    """Give a person an account; without a password it cannot be used to sign in with one."""
    if person.user_id:
        raise DirectoryRefused(f"{person.name} 已经有账户，不能再开一个。")
    user = User.objects.create_user(username=username, name=person.name, password=password)
    person.user = user
    person.save(update_fields=["user", "org_path"])
    audit.record("开账户", user, by=by)
    return user


@transaction.atomic
def appoint(*, user: User, org: Organisation, role: Role, by: Actor) -> Membership:
    membership = Membership.objects.create(user=user, org=org, role=role)
    audit.record("任职", membership, by=by, role=role.value)
    return membership


@transaction.atomic
def dismiss(*, membership: Membership, by: Actor) -> None:
    audit.record("免去", membership, by=by, role=membership.role)
    membership.delete()


@transaction.atomic
def reveal(*, person: Person, by: Actor) -> str:
    """A person's telephone number in full; who asked for it is recorded."""
    if not by.may(Permission.REVEAL_PERSONAL):
        raise DirectoryRefused(f"{by.name} 现在的角色不能看完整的电话。")
    audit.record("查看电话", person, by=by)
    return person.phone


@transaction.atomic
def name_house(*, name: str, by: Actor) -> House:
    """Say whose house this is, as its public pages show it."""
    house = House.objects.select_for_update().get()
    house.name = name
    house.save(update_fields=["name"])
    audit.record("命名", house, by=by)
    return house


@transaction.atomic
def declare_example(*, by: Actor) -> House:
    """Mark the house as the example, which opens its one-click sign-ins."""
    house = House.objects.select_for_update().get()
    house.example = True
    house.save(update_fields=["example"])
    audit.record("标为示例", house, by=by)
    return house
