"""A backup of the tests' database comes back, equal, in another one; on SQLite and PostgreSQL."""

import json
import stat
import threading
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from cms.record_guard import REVIEW_GUARD
from config.backup.engines import ENGINES
from config.backup.errors import BackupError
from config.backup.making import backups_in, keep_newest, make_backup
from config.backup.manifest import read_manifest
from config.backup.restoring import restore_backup
from members.domain.audit import record
from members.domain.notices import tell
from members.models import Action, Notice
from tests.config.backup.places import empty_database
from tests.factories import make_member

NOW = datetime(2026, 3, 8, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def media(tmp_path):
    folder = tmp_path / "media"
    (folder / "images").mkdir(parents=True)
    (folder / "images" / "木棉.jpg").write_bytes(b"\xff\xd8" + bytes(3_000_000))
    (folder / "note.txt").write_text("一")
    return folder


@pytest.fixture
def backup(media, tmp_path, home):
    record(action=Action.EXPORTED, by=make_member("陈秀英"))
    return back_up(media, tmp_path)


@pytest.fixture
def place(tmp_path):
    with empty_database(tmp_path) as other:
        yield other


def back_up(media, tmp_path, now=NOW):
    return make_backup(connection=connection, media_root=media, to=tmp_path / "backups", now=now)


def restore(place, backup, tmp_path, **options):
    to = tmp_path / "restored-media"
    return restore_backup(connection=place, media_root=to, backup=backup, **options)


def rows(place, statement: str) -> list[tuple]:
    with place.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def test_backup_comes_back_equal(backup, place, tmp_path):
    manifest = restore(place, backup, tmp_path)

    there = ENGINES[connection.vendor].facts(place)
    assert there.tables == manifest.database.tables
    assert there.schema == manifest.database.schema
    assert manifest.database.tables["members_member"][0] == 1
    assert (tmp_path / "restored-media" / "images" / "木棉.jpg").stat().st_size == 3_000_002


def test_restored_rows_are_numbered_on(backup, place, tmp_path):
    restore(place, backup, tmp_path)
    [[last]] = rows(place, "SELECT max(id) FROM members_member")

    with place.cursor() as cursor:
        cursor.execute(
            "INSERT INTO members_notice (member_id, channel, kind, text, url, made_at)"
            " VALUES (%s, 'in_app', '', '一', '', '2026-03-08')",
            [last],
        )
        cursor.execute("SELECT count(*) FROM members_notice")

        assert cursor.fetchone() == (1,)


def test_restored_records_are_still_only_added_to(backup, place, tmp_path):
    restore(place, backup, tmp_path)

    with pytest.raises(DatabaseError, match="only added to"), place.cursor() as cursor:
        cursor.execute("DELETE FROM members_auditentry")


def test_every_guard_is_in_the_manifest(backup):
    schema = read_manifest(backup).database.schema

    triggers = [name for name in schema if name.startswith("trigger")]
    assert len([name for name in triggers if REVIEW_GUARD.table in name]) == 3
    assert len([name for name in triggers if "members_auditentry" in name]) == 3


def test_restored_pages_can_be_searched(backup, place, tmp_path):
    before = rows(connection, "SELECT count(*) FROM wagtailsearch_indexentry")

    restore(place, backup, tmp_path)

    assert rows(place, "SELECT count(*) FROM wagtailsearch_indexentry") == before


def test_backup_reads_one_moment_while_writes_go_on(media, tmp_path, place):
    member = make_member("陈秀英")
    stop, begun = threading.Event(), threading.Event()

    def write():
        while not stop.is_set():
            # Two rows or none.
            with transaction.atomic():
                for _ in range(2):
                    tell(member_ids=[member.pk], text="一", now=NOW)
            begun.set()
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    begun.wait()
    try:
        backup = back_up(media, tmp_path)
    finally:
        stop.set()
        writer.join()

    restore(place, backup, tmp_path)

    [[restored]] = rows(place, "SELECT count(*) FROM members_notice")
    assert restored % 2 == 0
    assert 0 < restored < Notice.objects.count()


def test_backup_is_its_owners_alone(backup):
    paths = [backup, *backup.rglob("*")]
    open_to_others = [
        p.name for p in paths if p.is_file() and stat.S_IMODE(p.stat().st_mode) & 0o77
    ]

    assert open_to_others == []
    assert stat.S_IMODE(backup.stat().st_mode) == 0o700


def test_backup_holds_no_key(backup, settings):
    keys = [settings.SECRET_KEY, settings.AUDIT_KEY, *settings.PERSONAL_DATA_KEYS]
    files = [path.read_bytes() for path in backup.rglob("*") if path.is_file()]

    assert [key for key in keys if any(key.encode() in file for file in files)] == []


def test_restored_files_can_be_read_by_the_web_server(backup, place, tmp_path):
    restore(place, backup, tmp_path)

    mode = (tmp_path / "restored-media" / "note.txt").stat().st_mode
    assert stat.S_IMODE(mode) == 0o644


def test_restore_refuses_a_database_that_is_not_empty(backup, tmp_path):
    with pytest.raises(BackupError, match="这里的数据库不是空的，没有改动"):
        restore(connection, backup, tmp_path)


def test_restore_refuses_a_folder_that_is_not_empty(backup, place, media):
    with pytest.raises(BackupError, match="里已经有文件，没有改动"):
        restore_backup(connection=place, media_root=media, backup=backup)


@pytest.mark.parametrize("name", ["media/note.txt", "database"])
def test_restore_refuses_what_is_damaged_and_changes_nothing(backup, place, tmp_path, name):
    name = ENGINES[connection.vendor].FILE if name == "database" else name
    with (backup / name).open("r+b") as file:
        file.write(b"?")

    with pytest.raises(BackupError, match="1 个文件缺少或坏了"):
        restore(place, backup, tmp_path)

    assert ENGINES[connection.vendor].is_empty(place)
    assert not (tmp_path / "restored-media").exists()


def test_restore_refuses_other_keys_until_it_is_told_so(backup, place, tmp_path, settings):
    settings.PERSONAL_DATA_KEYS = ["another-key-than-that-of-the-backup"]

    with pytest.raises(BackupError, match="PERSONAL_DATA_KEYS"):
        restore(place, backup, tmp_path)
    restore(place, backup, tmp_path, accepts_other_keys=True)


def test_restore_names_the_table_that_differs(backup, place, tmp_path):
    manifest = json.loads((backup / "manifest.json").read_text())
    manifest["database"]["tables"]["members_member"][1] = "0"
    (backup / "manifest.json").write_text(json.dumps(manifest))

    with pytest.raises(BackupError, match="核对不上，共 1 处：members_member"):
        restore(place, backup, tmp_path)


def test_restore_names_the_guard_that_differs(backup, place, tmp_path):
    manifest = json.loads((backup / "manifest.json").read_text())
    name = next(each for each in manifest["database"]["schema"] if each.startswith("trigger"))
    manifest["database"]["schema"][name] += " "
    (backup / "manifest.json").write_text(json.dumps(manifest))

    with pytest.raises(BackupError) as refused:
        restore(place, backup, tmp_path)

    assert f"核对不上，共 1 处：{name}" in str(refused.value)


def test_restore_refuses_the_other_kind_of_database(backup, place, tmp_path):
    manifest = json.loads((backup / "manifest.json").read_text())
    (backup / "manifest.json").write_text(json.dumps(manifest | {"vendor": "oracle"}))

    with pytest.raises(BackupError, match="备份来自 oracle"):
        restore(place, backup, tmp_path)


def test_half_done_backup_is_no_backup(backup):
    (backup / "manifest.json").unlink()

    with pytest.raises(BackupError, match="不是完整的备份"):
        read_manifest(backup)


def test_failed_backup_leaves_nothing(media, tmp_path):
    broken = connection.copy("broken")
    is_postgres = connection.vendor == "postgresql"
    broken.settings_dict["NAME"] = "no_such" if is_postgres else str(tmp_path / "no" / "such")
    to = tmp_path / "backups"

    with pytest.raises(BackupError):
        make_backup(connection=broken, media_root=media, to=to, now=NOW)

    assert list(to.iterdir()) == []


def test_missing_program_is_named(media, tmp_path, monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite needs no program")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("config.backup.postgres.PROGRAMS", tmp_path)

    with pytest.raises(BackupError, match="找不到 pg_dump"):
        back_up(media, tmp_path)


def test_old_backups_make_way(media, tmp_path):
    made = [back_up(media, tmp_path, NOW.replace(hour=hour)) for hour in (1, 2, 3)]

    assert keep_newest(tmp_path / "backups", number=2) == made[:1]
    assert backups_in(tmp_path / "backups") == made[1:]


def test_commands_back_up_and_refuse_a_full_place(tmp_path, settings, media, capsys):
    settings.MEDIA_ROOT = media
    call_command("backup_site", to=tmp_path / "backups", keep=1)
    [backup] = backups_in(tmp_path / "backups")

    said = capsys.readouterr().out
    assert f"备份好了：{backup}" in said
    assert "密钥不在里面，请另外保管" in said
    with pytest.raises(CommandError, match="这里的数据库不是空的"):
        call_command("restore_site", backup)


def test_command_keeps_one_at_least(tmp_path):
    with pytest.raises(CommandError, match="--keep 至少是 1"):
        call_command("backup_site", to=tmp_path, keep=0)
