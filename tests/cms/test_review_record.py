"""The record is added to and nothing else: by our own code, and by the database."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from cms.models import ReadOnlyError, RecordKind, ReviewRecord
from cms.record_guard import REVIEW_GUARD

pytestmark = pytest.mark.django_db


@pytest.fixture
def record():
    return ReviewRecord.objects.create(
        page_id=7, page_title="好家风", kind=RecordKind.DIRECT, made_at=timezone.now()
    )


def run(sql: str, *values) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


WRITES = [
    "UPDATE cms_reviewrecord SET reason = 'x' WHERE id = %s",
    "DELETE FROM cms_reviewrecord WHERE id = %s",
]


@pytest.mark.parametrize("sql", WRITES)
def test_database_refuses_to_change_a_row(record, sql):
    with pytest.raises(DatabaseError, match="only added to"):
        run(sql, record.pk)

    assert list(ReviewRecord.objects.values_list("page_title", "reason")) == [("好家风", "")]


def test_database_refuses_to_empty_the_table(record):
    is_postgresql = connection.vendor == "postgresql"
    with pytest.raises(DatabaseError, match="only added to"):
        run("TRUNCATE cms_reviewrecord" if is_postgresql else "DELETE FROM cms_reviewrecord")

    assert ReviewRecord.objects.count() == 1


def test_database_refuses_to_replace_a_row(record):
    columns = "id, page_id, page_title, federation_path, federation_name, kind, person_name"
    conflict = "ON CONFLICT (id) DO UPDATE SET page_title = 'x'"
    verb, ending = ("INSERT", conflict)
    if connection.vendor == "sqlite":
        verb, ending = ("INSERT OR REPLACE", "")
    with pytest.raises(DatabaseError, match="only added to"):
        run(
            f"{verb} INTO cms_reviewrecord ({columns}, reason, words, made_at) "
            f"VALUES (%s, 7, 'x', '', '', 'direct', '', '', '[]', '2026-01-01') {ending}",
            record.pk,
        )

    assert ReviewRecord.objects.get().page_title == "好家风"


def test_guard_can_be_lifted_and_set_again(record):
    REVIEW_GUARD.lift(connection)
    run(WRITES[0], record.pk)
    REVIEW_GUARD.guard(connection)

    with pytest.raises(DatabaseError, match="only added to"):
        run(WRITES[1], record.pk)


@pytest.mark.parametrize(
    "write",
    [
        lambda record: record.save(),
        lambda record: record.delete(),
        lambda record: ReviewRecord.objects.update(reason="x"),
        lambda record: ReviewRecord.objects.all().delete(),
        lambda record: ReviewRecord.objects.bulk_update([record], ["reason"]),
    ],
)
def test_code_refuses_too(record, write):
    with pytest.raises(ReadOnlyError):
        write(ReviewRecord.objects.get())


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("round_", [1, 2])
def test_tests_that_commit_leave_nothing_behind(round_):
    assert ReviewRecord.objects.count() == 0

    ReviewRecord.objects.create(
        page_id=1, page_title="", kind=RecordKind.DIRECT, made_at=timezone.now()
    )
