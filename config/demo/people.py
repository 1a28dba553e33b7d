"""Demo members: teams on all five levels, deep in three cities, and one sign-in of each kind."""

from dataclasses import dataclass
from datetime import date
from random import Random

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from config.demo.reading import read
from config.groups import group_names_for_role
from federations.domain.names import note_missing_names
from federations.models import (
    Appointment,
    Federation,
    Level,
    Position,
    StaffRole,
    StaffRoleType,
)
from members.models import Member

PASSWORD = "mumian-2026"  # noqa: S105 printed at every start: these are demo accounts
TERM, TERM_START = "第十三届", date(2023, 5, 18)
# Cities whose counties, towns and villages have teams too; 东莞 has no counties.
DEEP_COUNTIES = {"梅州市": "梅县区", "广州市": "荔湾区", "东莞市": "东莞市"}
DEEP_TOWNS = {"梅县区": ["松口镇", "雁洋镇", "丙村镇"], "荔湾区": ["沙面街道", "岭南街道"]}
DONGGUAN_TOWNS = 6
VILLAGES_PER_TOWN = 4
OFFICERS = [Position.CHAIR, Position.VICE_CHAIR, Position.PART_TIME_VICE_CHAIR, Position.STANDING]


@dataclass(frozen=True)
class SignIn:
    """A demo account as it is printed: who she is, and what she may do."""

    who: str
    phone: str
    name: str


VILLAGE_MEMBER = SignIn("村妇联执委（梅州市梅县区松口镇）", "13900000001", "陈秀英")
EDITOR = SignIn("内容编辑（省妇联，进后台）", "13900000002", "林晓岚")
COUNTY_STAFF = SignIn("妇联工作人员（梅县区，进后台）", "13900000003", "黄丽芬")
REVIEWER = SignIn("审核（省妇联，进后台）", "13900000005", "何敏仪")
OPERATOR = SignIn("系统管理员（进后台）", "13900000004", "周明慧")
SIGN_INS = (VILLAGE_MEMBER, EDITOR, REVIEWER, COUNTY_STAFF, OPERATOR)
# They have no sign-in of their own: their names stand at the feet of pages.
OTHER_REVIEWERS = ("梁少芬", "曾素琴")


def load_people(rng: Random) -> None:
    """Teams first, then the sign-ins; one password hash serves them all, as they share one."""
    password = make_password(PASSWORD)
    names = NameMaker(rng)
    teams = [(f, rng.randint(10, 14)) for f in choose_federations()]
    people = [(federation, place) for federation, size in teams for place in range(size)]
    members = Member.objects.bulk_create(
        Member(name=names.make(), phone=str(13_910_000_000 + number), password=password)
        for number in range(len(people))
    )
    Appointment.objects.bulk_create(
        Appointment(
            member=member,
            federation=federation,
            position=OFFICERS[place] if place < len(OFFICERS) else Position.MEMBER,
            term=TERM,
            starts_on=TERM_START,
        )
        for member, (federation, place) in zip(members, people, strict=True)
    )
    load_sign_ins(password)
    note_missing_names()


class NameMaker:
    def __init__(self, rng: Random):
        people = read("people")
        self.rng, self.surnames, self.given = rng, people["surnames"], people["given_names"]

    def make(self) -> str:
        return self.rng.choice(self.surnames) + self.rng.choice(self.given)


def choose_federations() -> list[Federation]:
    """The province, every city, and whole branches below three of them."""
    province = Federation.get_first_root_node()
    cities = list(Federation.objects.filter(parent=province))
    chosen = [province, *cities]
    for city in cities:
        if city.name in DEEP_COUNTIES:
            chosen += choose_branch(city)
    return chosen


def choose_branch(city: Federation) -> list[Federation]:
    below = list(Federation.objects.filter(parent=city).exclude(kind="功能区"))
    if below[0].level == Level.TOWN:
        towns = below[:DONGGUAN_TOWNS]
        return [*towns, *villages_of(towns[0])]
    county = next(f for f in below if f.name == DEEP_COUNTIES[city.name])
    towns = list(Federation.objects.filter(parent=county, name__in=DEEP_TOWNS[county.name]))
    return [*below, *towns, *(village for town in towns for village in villages_of(town))]


def villages_of(town: Federation) -> list[Federation]:
    villages = Federation.objects.filter(parent=town, kind__in=["村", "社区"])
    return list(villages.order_by("path")[:VILLAGES_PER_TOWN])


def load_sign_ins(password: str) -> None:
    province = Federation.get_first_root_node()
    county = Federation.objects.get(name="梅县区", parent__name="梅州市")
    village = villages_of(Federation.objects.get(name="松口镇", parent=county))[0]
    appoint(make_account(VILLAGE_MEMBER, password), village)
    editor = make_account(EDITOR, password, is_staff=True)
    give_role(editor, province, StaffRoleType.EDITOR)
    give_role(make_account(REVIEWER, password, is_staff=True), province, StaffRoleType.REVIEWER)
    for name in OTHER_REVIEWERS:
        reviewer = Member.objects.create_user(None, name=name, is_staff=True)
        give_role(reviewer, province, StaffRoleType.REVIEWER)
    staff = make_account(COUNTY_STAFF, password, is_staff=True)
    appoint(staff, county)
    give_role(staff, county, StaffRoleType.MANAGER)
    make_account(OPERATOR, password, is_staff=True, is_superuser=True)


def make_account(sign_in: SignIn, password: str, **fields) -> Member:
    return Member.objects.create(
        name=sign_in.name, phone=sign_in.phone, password=password, **fields
    )


def appoint(member: Member, federation: Federation) -> None:
    Appointment.objects.create(
        member=member,
        federation=federation,
        position=Position.MEMBER,
        term=TERM,
        starts_on=TERM_START,
    )


def give_role(member: Member, federation: Federation, role: StaffRoleType) -> None:
    StaffRole.objects.create(member=member, federation=federation, role=role, starts_on=TERM_START)
    member.groups.set(Group.objects.filter(name__in=group_names_for_role(role)))
