import modelcluster.fields
from django.db import migrations


class Migration(migrations.Migration):
    """The table of the stages was renamed; its links follow by themselves."""

    dependencies = [("cms", "0003_life_stages"), ("courses", "0003_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="coursepage",
                    name="life_stages",
                    field=modelcluster.fields.ParentalManyToManyField(
                        blank=True,
                        help_text="讲给哪个阶段的人听，课程列表里可以按它找。",
                        related_name="courses",
                        to="cms.lifestage",
                        verbose_name="成长阶段",
                    ),
                ),
                migrations.DeleteModel(name="LifeStage"),
            ]
        )
    ]
