import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from members.domain.audit import record, seal_entries
from members.models import AUDIT_GUARD, Action, AuditEntry
from members.tasks import verify_audit

pytestmark = pytest.mark.django_db


def verify(*arguments) -> str:
    out = StringIO()
    call_command("verify_audit", *arguments, stdout=out, stderr=out)
    return out.getvalue()


def test_whole_trail_prints_its_head_for_the_next_time(member):
    record(action=Action.EXPORTED, by=member)
    head = re.search(r"\d+:[0-9a-f]{64}", verify())[0]

    assert "共 1 条" in verify("--head", head)


def test_touched_trail_is_an_error(member):
    record(action=Action.EXPORTED, by=member)
    seal_entries()
    AUDIT_GUARD.lift(connection)
    AuditEntry.objects.update(actor_id=7)

    with pytest.raises(CommandError, match="有问题"):
        verify()


@pytest.mark.parametrize("head", ["7", "x:" + "0" * 64, "7:abc"])
def test_head_that_cannot_be_read_is_refused(db, head):
    with pytest.raises(CommandError, match="链头应当是"):
        verify("--head", head)


def test_nightly_check_says_nothing_in_the_terminal(member, capsys):
    record(action=Action.EXPORTED, by=member)

    verify_audit()

    assert capsys.readouterr().out == ""
