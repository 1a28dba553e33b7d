from django.db import migrations, models


class Migration(migrations.Migration):
    """Stages of life come from courses, with their rows: knowledge entries have them too now."""

    dependencies = [("cms", "0002_initial"), ("courses", "0003_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE courses_lifestage RENAME TO cms_lifestage",
                    "ALTER TABLE cms_lifestage RENAME TO courses_lifestage",
                )
            ],
            state_operations=[
                migrations.CreateModel(
                    name="LifeStage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "name",
                            models.CharField(max_length=20, unique=True, verbose_name="名称"),
                        ),
                        (
                            "sort_order",
                            models.PositiveSmallIntegerField(
                                default=100, help_text="小的在前。", verbose_name="顺序"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "成长阶段",
                        "verbose_name_plural": "成长阶段",
                        "ordering": ["sort_order", "pk"],
                    },
                )
            ],
        )
    ]
