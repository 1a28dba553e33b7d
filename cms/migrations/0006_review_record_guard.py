"""The database itself refuses to change or take away a row of the record (审校记录).

SQLite: a later migration that alters the table remakes it and loses the triggers; it has to set
them again (a test looks for them).
"""

from django.db import migrations

from cms.record_guard import REVIEW_GUARD


def forwards(apps, schema_editor):
    REVIEW_GUARD.guard(schema_editor.connection)


def backwards(apps, schema_editor):
    REVIEW_GUARD.lift(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("cms", "0005_search_index")]
    operations = [migrations.RunPython(forwards, backwards)]
