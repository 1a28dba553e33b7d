"""The guard of the record lets one change through: the name of somebody who was erased."""

from django.db import migrations

from cms.record_guard import REVIEW_GUARD


def set_again(apps, schema_editor):
    REVIEW_GUARD.lift(schema_editor.connection)
    REVIEW_GUARD.guard(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("cms", "0006_review_record_guard")]
    # Backwards too: the earlier migration takes the triggers away by name.
    operations = [migrations.RunPython(set_again, migrations.RunPython.noop)]
