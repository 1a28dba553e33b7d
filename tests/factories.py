"""Short ways to the things that tests need; each goes through the project's own domain."""

from dataclasses import dataclass
from datetime import date
from itertools import count

from federations.domain.tree import add_federation
from federations.models import Appointment, Federation, Level, Position, StaffRole, StaffRoleType
from members.models import Member

PASSWORD = "kapok-2026-blooms"
phones = count(13_800_000_000)


@dataclass
class Tree:
    """Two branches, and a city without counties, as 东莞 is."""

    province: Federation
    city: Federation
    county: Federation
    town: Federation
    village: Federation
    sibling_village: Federation
    other_city: Federation
    other_county: Federation
    other_town: Federation
    other_village: Federation
    dongguan: Federation
    dongguan_town: Federation


def make_tree() -> Tree:
    province = add_federation(parent=None, name="广东省", level=Level.PROVINCE, code="44")
    city = add_federation(parent=province, name="梅州市", level=Level.CITY, code="4414")
    county = add_federation(parent=city, name="梅县区", level=Level.COUNTY, code="441403")
    town = add_federation(parent=county, name="松口镇", level=Level.TOWN, code="441403101")
    other_city = add_federation(parent=province, name="广州市", level=Level.CITY, code="4401")
    other_county = add_federation(
        parent=other_city, name="荔湾区", level=Level.COUNTY, code="440103"
    )
    other_town = add_federation(
        parent=other_county, name="沙面街道", level=Level.TOWN, code="440103001"
    )
    dongguan = add_federation(parent=province, name="东莞市", level=Level.CITY, code="4419")
    return Tree(
        province=province,
        city=city,
        county=county,
        town=town,
        village=make_village(town, "大黄村", "441403101001"),
        sibling_village=make_village(town, "小黄村", "441403101002"),
        other_city=other_city,
        other_county=other_county,
        other_town=other_town,
        other_village=make_village(other_town, "翠洲社区", "440103001001"),
        dongguan=dongguan,
        dongguan_town=add_federation(
            parent=dongguan, name="石碣镇", level=Level.TOWN, code="441900101"
        ),
    )


def make_village(town: Federation, name: str, code: str) -> Federation:
    return add_federation(parent=town, name=name, level=Level.VILLAGE, code=code, kind="村")


def make_member(name: str = "陈秀英", **fields) -> Member:
    fields.setdefault("phone", str(next(phones)))
    return Member.objects.create_user(name=name, password=PASSWORD, **fields)


def make_appointment(member: Member, federation: Federation, **fields) -> Appointment:
    fields.setdefault("position", Position.MEMBER)
    fields.setdefault("starts_on", date(2024, 1, 1))
    return Appointment.objects.create(member=member, federation=federation, **fields)


def make_committee_member(federation: Federation, name: str = "陈秀英", **fields) -> Member:
    """A member who is counted at `federation`."""
    member = make_member(name, **fields)
    make_appointment(member, federation)
    return member


def make_staff(federation: Federation, role: str = StaffRoleType.MANAGER, name="林主任") -> Member:
    member = make_member(name, is_staff=True)
    StaffRole.objects.create(
        member=member, federation=federation, role=role, starts_on=date(2024, 1, 1)
    )
    return member
