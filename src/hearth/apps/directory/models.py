"""The organisation tree, people, memberships, and the actor in whose name everything is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hearth.apps.directory import rules
from hearth.apps.directory.states import THREE_ADMINS, Kind, Permission, PersonKind, Role
from hearth.lib.personal import Kept, Personal

PATH_LENGTH = 120


class House(models.Model):
    """The one house that this database holds."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    name = models.CharField(_("名称"), max_length=80)
    example = models.BooleanField(_("示例"), default=False)

    class Meta:
        verbose_name = _("众创之家")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="only_one_house")]

    def __str__(self) -> str:
        return self.name


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.below(actor.path)

    def below(self, path: str) -> Self:
        """The organisation at ``path`` and all under it."""
        return self.filter(path__gte=path, path__lt=path + "~")


class Organisation(models.Model):
    code = models.CharField(_("编码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=80, unique=True)
    short_name = models.CharField(_("简称"), max_length=40, unique=True)
    kind = models.CharField(_("类别"), max_length=24, choices=Kind.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="children", verbose_name=_("上级")
    )
    path = models.CharField(max_length=PATH_LENGTH, unique=True, db_collation="C")
    region = models.CharField(_("地区"), max_length=40, blank=True)
    contact = models.CharField(_("联系人"), max_length=40, blank=True)
    phone = models.CharField(_("电话"), max_length=30, blank=True)
    active = models.BooleanField(_("启用"), default=True)

    PERSONAL = (
        Personal("contact", _("找得到这个单位"), Kept.IN_OFFICE),
        Personal("phone", _("找得到这个单位"), Kept.IN_OFFICE, masked=True),
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("组织")
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(
                condition=Q(path__regex=r"^([0-9]{4}\.)+$"), name="organisation_path_is_a_path"
            ),
            models.UniqueConstraint(fields=["id", "path"], name="organisation_id_path"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="organisation_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.short_name

    @property
    def depth(self) -> int:
        return self.path.count(".")


class ScopedQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(org_path__gte=actor.path, org_path__lt=actor.path + "~")


class OrgRecord(models.Model):
    """A row of some organisation's business. Its migration puts the table behind the wall (``lib.wall.WallTable``)."""

    # The wall's composite key replaces Django's own constraint.
    org = models.ForeignKey(
        Organisation, models.PROTECT, db_constraint=False, related_name="+", verbose_name=_("所属组织")
    )
    org_path = models.CharField(max_length=PATH_LENGTH, db_collation="C", editable=False)

    objects: ClassVar[models.Manager[Any]] = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.org_path = self.org.path
        super().save(*args, **kwargs)


class Person(OrgRecord):
    number = models.CharField(_("编号"), max_length=30, blank=True)
    name = models.CharField(_("姓名"), max_length=40)
    post = models.CharField(_("职务"), max_length=60, blank=True)
    title = models.CharField(_("职称"), max_length=40, blank=True)
    kind = models.CharField(_("类别"), max_length=12, choices=PersonKind.choices)
    field = models.CharField(_("专业领域"), max_length=60, blank=True)
    phone = models.CharField(_("电话"), max_length=30, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="person"
    )

    PERSONAL = (
        Personal("name", _("分工、走访、推荐都要写明是谁"), Kept.IN_OFFICE),
        Personal("post", _("分工、走访、推荐都要写明是谁"), Kept.IN_OFFICE),
        Personal("title", _("分工、走访、推荐都要写明是谁"), Kept.IN_OFFICE),
        Personal("phone", _("联系本人"), Kept.IN_OFFICE, masked=True),
    )

    class Meta(OrgRecord.Meta):
        verbose_name = _("人员")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["org", "name"], name="person_once_per_organisation")]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A user's role in an organisation. A platform table: it is read before any scope is known."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    org = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField(_("角色"), max_length=16, choices=Role.choices)
    # set only for the three administrators, so that one user can hold just one of them
    admin_of = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("任职")
        ordering = ["org__path", "role"]
        constraints = [
            models.UniqueConstraint(fields=["user", "org", "role"], name="membership_once"),
            models.CheckConstraint(
                condition=(Q(role__in=THREE_ADMINS) & Q(admin_of__isnull=False) & Q(admin_of=F("user")))
                | (~Q(role__in=THREE_ADMINS) & Q(admin_of__isnull=True)),
                name="three_admins_exclude_each_other",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.org} {self.get_role_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.admin_of = self.user if self.role in THREE_ADMINS else None
        super().save(*args, **kwargs)

    def actor(self) -> Actor:
        return Actor(org=self.org, role=Role(self.role), user_id=self.user_id, name=str(self.user))


@dataclass(frozen=True)
class Actor:
    """In whose name something is done: a person in a role of one organisation, or the house itself (``role=None``)."""

    org: Organisation
    role: Role | None
    user_id: int | None
    name: str

    @classmethod
    def house(cls, org: Organisation, name: str = "系统") -> Actor:
        """The house itself, for loading files and for jobs; it may do everything at and below ``org``."""
        return cls(org=org, role=None, user_id=None, name=name)

    @property
    def path(self) -> str:
        return self.org.path

    def may(self, permission: Permission) -> bool:
        return self.role is None or rules.allowed(self.role, permission)
