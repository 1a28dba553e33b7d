from django.db import migrations


def list_sources(apps, schema_editor):
    """The one source of an entry becomes the first of its list."""
    KnowledgePage = apps.get_model("knowledge_base", "KnowledgePage")
    KnowledgeSource = apps.get_model("knowledge_base", "KnowledgeSource")
    pages = KnowledgePage.objects.exclude(source="").only("pk", "source", "effective_on")
    KnowledgeSource.objects.bulk_create(
        KnowledgeSource(
            page_id=page.pk, name=page.source, effective_on=page.effective_on, sort_order=0
        )
        for page in pages
    )


def name_sources(apps, schema_editor):
    KnowledgePage = apps.get_model("knowledge_base", "KnowledgePage")
    KnowledgeSource = apps.get_model("knowledge_base", "KnowledgeSource")
    for source in KnowledgeSource.objects.order_by("-sort_order", "-pk"):
        KnowledgePage.objects.filter(pk=source.page_id).update(source=source.name[:120])


class Migration(migrations.Migration):
    """Alone: PostgreSQL changes no table in the transaction that wrote its rows."""

    dependencies = [("knowledge_base", "0002_editorial")]

    operations = [migrations.RunPython(list_sources, name_sources)]
