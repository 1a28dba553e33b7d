"""Short ways to the things that tests need; each goes through the project's own domain."""

from dataclasses import dataclass
from datetime import date
from itertools import count

from federations.domain.divisions.rows import DivisionRow, TreePlan
from federations.domain.divisions.writing import write_plan
from federations.domain.tree import add_federation
from federations.models import Appointment, Federation, Level, Position, StaffRole, StaffRoleType
from members.documents import current_token
from members.models import Member

PASSWORD = "kapok-2026-blooms"
# The box of the sign-in forms, ticked.
TICK = {"agree": current_token()}
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


# Field of the tree, code, parent's code, level, name; level by level, as they are written in bulk.
TREE = [
    ("province", "44", "", Level.PROVINCE, "广东省"),
    ("city", "4414", "44", Level.CITY, "梅州市"),
    ("other_city", "4401", "44", Level.CITY, "广州市"),
    ("dongguan", "4419", "44", Level.CITY, "东莞市"),
    ("county", "441403", "4414", Level.COUNTY, "梅县区"),
    ("other_county", "440103", "4401", Level.COUNTY, "荔湾区"),
    ("dongguan_town", "441900101", "4419", Level.TOWN, "石碣镇"),
    ("town", "441403101", "441403", Level.TOWN, "松口镇"),
    ("other_town", "440103001", "440103", Level.TOWN, "沙面街道"),
    ("village", "441403101001", "441403101", Level.VILLAGE, "大黄村"),
    ("sibling_village", "441403101002", "441403101", Level.VILLAGE, "小黄村"),
    ("other_village", "440103001001", "440103001", Level.VILLAGE, "翠洲社区"),
]


def make_tree() -> Tree:
    """Through the bulk writer of the tree's import: hundreds of tests begin here."""
    write_plan(TreePlan(created=list(map(_row, TREE))), lambda done, total: None)
    nodes = Federation.objects.in_bulk([code for _, code, *_ in TREE], field_name="code")
    return Tree(**{key: nodes[code] for key, code, *_ in TREE})


def _row(entry) -> DivisionRow:
    _, code, parent, level, name = entry
    kind = "村" if level == Level.VILLAGE else ""
    return DivisionRow(0, code, parent, level, name, kind)


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
