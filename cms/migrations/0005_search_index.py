from django.db import migrations


class PostgreSQLOnly(migrations.RunSQL):
    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            super().database_backwards(app_label, schema_editor, from_state, to_state)


class Migration(migrations.Migration):
    """The index that Wagtail's search promises and does not make. Without it every search reads all
    vectors. No list of pending entries: searching that took longer than the search itself."""

    dependencies = [("cms", "0004_editorial"), ("wagtailsearch", "0010_add_text_fields")]

    operations = [
        PostgreSQLOnly(
            "CREATE INDEX cms_search_title_body ON wagtailsearch_indexentry"
            " USING gin ((title || body)) WITH (fastupdate = off)",
            "DROP INDEX cms_search_title_body",
        ),
    ]
