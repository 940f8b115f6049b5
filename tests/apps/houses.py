"""A small invented house for tests: a province, two cities, counties below."""

from dataclasses import dataclass

from hearth.apps.directory import actions
from hearth.apps.directory.models import Actor, Organisation, Person
from hearth.apps.directory.states import Kind, PersonKind, Role
from hearth.lib.wall import scope


@dataclass(frozen=True)
class House:
    province: Organisation
    city: Organisation
    sister: Organisation
    county: Organisation
    enterprise: Organisation
    person: Person
    deputy: Person

    def officer(self, org: Organisation | None = None) -> Actor:
        return Actor(org=org or self.city, role=Role.OFFICER, user_id=None, name="干事甲")

    def leader(self, org: Organisation | None = None) -> Actor:
        return Actor(org=org or self.city, role=Role.LEADER, user_id=None, name="领导乙")


def build() -> House:
    province = actions.found(code="P", name="试验省科协", short_name="省科协", kind=Kind.PROVINCE)
    by = Actor.house(province)
    with scope(province.path):

        def add(parent: Organisation, code: str, name: str, kind: Kind) -> Organisation:
            return actions.add_organisation(
                parent=parent, code=code, name=f"试验{name}", short_name=name, kind=kind, by=by
            )

        city = add(province, "C", "甲市科协", Kind.CITY)
        sister = add(province, "D", "乙市科协", Kind.CITY)
        county = add(city, "C1", "子县科协", Kind.COUNTY)
        enterprise = add(city, "C2", "丑厂", Kind.ENTERPRISE)
        person = actions.add_person(org=city, name="赵一", kind=PersonKind.CADRE, by=by)
        deputy = actions.add_person(org=city, name="钱二", kind=PersonKind.CADRE, by=by)
    return House(province, city, sister, county, enterprise, person, deputy)
