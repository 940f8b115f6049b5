"""What a clerk may get wrong in organisations.xlsx and people.xlsx, and what is taken in."""

from collections.abc import Iterator

import pytest

from hearth.apps.accounts.models import User
from hearth.apps.directory import intake
from hearth.apps.directory.models import Membership, Organisation, Person
from hearth.lib.faults import Refused
from hearth.lib.wall import scope
from tests.apps import houses
from tests.apps.campaigns.building import names_of, typed

ORGANISATIONS = "编码 名称 简称 类别 上级编码 地区 联系人 电话\n"
PEOPLE = "编号 姓名 单位 职务 职称 类别 领域 电话 角色 登录名\n"


@pytest.fixture
def empty(db: None) -> Iterator[None]:
    """A house without organisations, in the scope that its root will have."""
    with scope("0001."):
        yield


@pytest.fixture
def house(db: None) -> Iterator[houses.House]:
    built = houses.build()
    with scope(built.province.path):
        yield built


def take_organisations(lines: str) -> Organisation:
    return intake.take_organisations(typed({intake.ORGANISATIONS: ORGANISATIONS + lines}))


def organisation_faults(lines: str) -> list[str]:
    with pytest.raises(Refused) as refusal:
        take_organisations(lines)
    return [fault.text for fault in refusal.value.faults]


def take_people(house: houses.House, lines: str) -> None:
    intake.take_people(typed({intake.PEOPLE: PEOPLE + lines}), names_of(house))


def people_faults(house: houses.House, lines: str) -> list[str]:
    with pytest.raises(Refused) as refusal:
        take_people(house, lines)
    return [fault.text for fault in refusal.value.faults]


def test_a_tree_is_built_whatever_the_order_of_its_lines(empty: None) -> None:
    root = take_organisations(
        """C1 试验子县科协 子县科协 县区科协 C - - -
        C 试验甲市科协 甲市科协 市科协 P - - -
        P 试验省科协 省科协 省科协 - 试验省 - -
        C2 试验丑厂 丑厂 企业 C - 李某 000-0000-0001""",
    )
    assert list(Organisation.objects.values_list("code", "path")) == [
        ("P", "0001."),
        ("C", "0001.0001."),
        ("C1", "0001.0001.0001."),
        ("C2", "0001.0001.0002."),
    ]
    assert (root.code, root.region) == ("P", "试验省")


def test_an_unknown_superior_is_a_fault_with_the_nearest_code(empty: None) -> None:
    found = organisation_faults(
        "P 试验省科协 省科协 省科协 - - - -\nCITY-1 试验甲市科协 甲市科协 市科协 P - - -\n"
        "C1 试验子县科协 子县科协 县区科协 CITY-2 - - -"
    )
    assert found == ["组织.csv 第 4 行“上级编码”：“CITY-2”应为本表“编码”列中的一个。是不是“CITY-1”？"]
    assert not Organisation.objects.exists()


def test_a_second_root_is_a_fault(empty: None) -> None:
    found = organisation_faults("P 试验省科协 省科协 省科协 - - - -\nQ 试验别省科协 别省科协 省科协 - - - -")
    assert found == ["组织.csv 第 3 行“上级编码”：只有最上级的组织可以没有上级，请补上上级编码。"]


def test_superiors_in_a_circle_are_faults(empty: None) -> None:
    found = organisation_faults(
        """P 试验省科协 省科协 省科协 - - - -
        C 试验甲市科协 甲市科协 市科协 D - - -
        D 试验乙市科协 乙市科协 市科协 C - - -""",
    )
    assert [text.split("：", 1)[0] for text in found] == [
        "组织.csv 第 3 行“上级编码”",
        "组织.csv 第 4 行“上级编码”",
    ]
    assert all("绕成了圈" in text for text in found)


def test_people_come_with_their_accounts(house: houses.House) -> None:
    take_people(
        house,
        """R-1 孙三 子县科协 干事 - 机关干部 - 000-0000-0001 联络员 sun
        R-2 李四 试验丑厂 - - 企业代表 - - - -""",
    )
    membership = Membership.objects.get()
    assert (membership.user.username, membership.org, membership.role) == ("sun", house.county, "liaison")
    assert not membership.user.has_usable_password()
    assert Person.objects.get(name="李四").user is None


def test_people_taken_twice_stay_once(house: houses.House) -> None:
    lines = "R-1 孙三 子县科协 - - 机关干部 - - - -"
    take_people(house, lines)
    take_people(house, lines)
    assert Person.objects.filter(name="孙三").count() == 1


def test_every_fault_among_people_is_told_at_once(house: houses.House) -> None:
    User.objects.create_user(username="sun", name="别人")
    found = people_faults(
        house,
        """R-1 孙三 子县科学 - - 机关干部 - - - -
        R-2 李四 子县科协 - - 机关干部 - - - li
        R-3 周五 子县科协 - - 机关干部 - - 干事 sun""",
    )
    assert found == [
        "人员.csv 第 2 行“单位”：“子县科学”应为组织表里的名称或简称。是不是“子县科协”？",
        "人员.csv 第 3 行“角色”：没有填，应为一个角色，有登录名的人要有角色。",
        "人员.csv 第 4 行“登录名”：“sun”。这个登录名已有人用，请换一个。",
    ]
    assert Person.objects.filter(name="李四").count() == 0


def test_a_list_of_organisations_names_each_unknown_one(house: houses.House) -> None:
    names = names_of(house)
    (row,) = typed({intake.PEOPLE: PEOPLE + "R-1 孙三 子县科协、丑厂、卯厂 - - 机关干部 - - - -"}).of(
        intake.PEOPLE
    )
    assert names.organisations(row, "单位") == [house.county, house.enterprise]
    assert names.findings.count == 1
