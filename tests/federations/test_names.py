"""Finding names by their beginnings; every writer of a name keeps the keys."""

from datetime import date
from io import StringIO

import openpyxl
import pytest
from django.core.management import call_command

from federations.domain.enrolment import enrol_member
from federations.domain.names import (
    fold_query,
    keys_of,
    names_beginning,
    note_missing_names,
    note_names,
)
from federations.domain.roster import import_roster
from federations.forms import AccountForm
from federations.models import NameKey, Position, Source
from members.models import Member
from tests.factories import make_member

pytestmark = pytest.mark.django_db


def names(typed):
    return set(names_beginning(typed).values_list("name", flat=True))


def test_name_is_found_by_characters_pinyin_and_initials():
    assert keys_of("陈秀英") == {
        "陈秀英",
        "秀英",
        "chenxiuying",
        "chenxy",
        "cxy",
        "xiuying",
        "xy",
    }


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("曾小红", "zengxiaohong"),
        ("单丽", "shanli"),
        ("欧阳秀", "oyx"),
        ("吕梅", "lumei"),
        ("吕梅", "lvmei"),
        ("阿依古丽·买买提", "阿依古丽买买提"),
        ("Anna Li", "annali"),
    ],
)
def test_names_that_are_read_otherwise(name, key):
    assert key in keys_of(name)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [("Chen Xiù", "chenxiu"), ("ＬÜ", "lv"), (" 陈 秀英 ", "陈秀英"), ("lǚ'mei", "lvmei")],
)
def test_typed_query_is_folded(typed, folded):
    assert fold_query(typed) == folded


@pytest.mark.parametrize("typed", ["陈秀", "秀英", "chenx", "ChenXiuYing", "cxy", "xiuy"])
def test_name_is_found_by_what_is_typed(typed):
    note_names(["陈秀英", "李梅"])

    assert names(typed) == {"陈秀英"}


def test_signs_of_a_pattern_are_plain_signs():
    note_names(["陈秀英"])

    assert names("%") == names("_") == set()


def test_noting_twice_is_noting_once():
    note_names(["陈秀英"])
    before = NameKey.objects.count()

    note_names(["陈秀英", ""])

    assert NameKey.objects.count() == before


def test_missing_names_are_made_up_for():
    make_member("陈秀英")
    make_member("陈秀英")
    out = StringIO()

    call_command("note_names", stdout=out)

    assert names("cxy") == {"陈秀英"}
    assert out.getvalue() == "补了 1 个姓名。\n"
    assert note_missing_names() == 0


def enrolled(tree, tmp_path):
    enrol_member(
        name="黄丽芬",
        phone=None,
        federation=tree.village,
        position=Position.MEMBER,
        starts_on=date(2024, 1, 1),
        source=Source.ELECTED,
    )


def renamed(tree, tmp_path):
    member = make_member("李梅")
    superuser = make_member("管理员", is_superuser=True)
    data = {"name": "黄丽芬", "phone": member.phone, "is_active": "on"}
    form = AccountForm(data, instance=member, for_user=superuser)
    assert form.is_valid(), form.errors
    form.save()


def imported(tree, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["姓名", "手机号", "妇联编码或全称路径", "职务", "任期起"])
    book.active.append(["黄丽芬", "13812345678", tree.village.code, "执委", "2024-01-01"])
    book.save(tmp_path / "roster.xlsx")
    import_roster(path=tmp_path / "roster.xlsx", apply=True)


@pytest.mark.parametrize("write", [enrolled, renamed, imported])
def test_writers_of_names_keep_the_keys(tree, tmp_path, write):
    write(tree, tmp_path)

    assert Member.objects.filter(name__in=names_beginning("hlf")).count() == 1
