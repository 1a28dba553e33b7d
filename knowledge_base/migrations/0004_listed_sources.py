from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("knowledge_base", "0003_list_sources")]

    operations = [migrations.RemoveField(model_name="knowledgepage", name="source")]
