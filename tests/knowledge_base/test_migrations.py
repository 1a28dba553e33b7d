"""Migrations that carry rows along, forth and back, on the database in use."""

from datetime import date

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from wagtail.models import Locale, Page

from cms.record_guard import REVIEW_GUARD

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

BEFORE = [
    ("cms", "0002_initial"),
    ("courses", "0003_initial"),
    ("knowledge_base", "0001_initial"),
]
SOURCE = "《反家庭暴力法》第二十三条"


def migrate(targets):
    """The models as they are then."""
    return MigrationExecutor(connection).migrate(targets).apps


@pytest.fixture
def newest():
    """Where all migrations lead; the database is there again when the test is over."""
    targets = MigrationExecutor(connection).loader.graph.leaf_nodes()
    yield targets
    migrate(targets)
    # As the tests' own teardown left it (tests/conftest.py).
    REVIEW_GUARD.lift(connection)


def add_page(apps, label: str, path: str, **fields):
    """A page below the root, as a row: models of a migration know nothing of the tree."""
    model = apps.get_model(label)
    kind = ContentType.objects.get_by_natural_key(*label.lower().split("."))
    return model.objects.create(
        path=path,
        depth=2,
        title=path,
        draft_title=path,
        slug=path,
        url_path=f"/{path}/",
        content_type_id=kind.pk,
        locale_id=Locale.objects.get().pk,
        **fields,
    )


def add_entry(apps, path: str, **fields):
    categories = apps.get_model("knowledge_base.KnowledgeCategory").objects
    category, _created = categories.get_or_create(name="维权", slug="rights")
    return add_page(apps, "knowledge_base.KnowledgePage", path, category=category, **fields)


def free_paths() -> list[str]:
    taken = Page.objects.filter(depth=2).count()
    return [f"0001{number:04d}" for number in range(taken + 1, taken + 4)]


def add_course(apps, path: str, stage):
    course = add_page(apps, "courses.CoursePage", path)
    links = apps.get_model("courses.CoursePage").life_stages.through.objects
    links.create(coursepage_id=course.pk, lifestage_id=stage.pk)
    return course


def sources_in(apps) -> list[tuple]:
    rows = apps.get_model("knowledge_base.KnowledgeSource").objects.order_by("page", "sort_order")
    return list(rows.values_list("page", "name", "effective_on", "state", "sort_order"))


def source_of_each(apps) -> dict[int, str]:
    entries = apps.get_model("knowledge_base.KnowledgePage").objects
    return dict(entries.values_list("pk", "source"))


def stages_of(apps, label: str, course_id: int) -> list[tuple]:
    links = apps.get_model("courses.CoursePage").life_stages.through.objects
    ids = links.filter(coursepage_id=course_id).values_list("lifestage_id", flat=True)
    stages = apps.get_model(label).objects.filter(pk__in=list(ids))
    return list(stages.values_list("pk", "name", "sort_order"))


# One test: each way takes seconds.
def test_sources_and_stages_of_life_are_carried_along_and_back(newest):
    old = migrate(BEFORE)
    first, second, third = free_paths()
    entry = add_entry(old, first, source=SOURCE, effective_on=date(2016, 3, 1))
    bare = add_entry(old, second, source="")
    stage = old.get_model("courses.LifeStage").objects.create(name="初为人母试", sort_order=7)
    course = add_course(old, third, stage)

    new = migrate(newest)
    assert sources_in(new) == [(entry.pk, SOURCE, date(2016, 3, 1), "in_force", 0)]
    assert stages_of(new, "cms.LifeStage", course.pk) == [(stage.pk, "初为人母试", 7)]

    # The list goes on, and the renamed table still numbers its rows.
    sources = new.get_model("knowledge_base.KnowledgeSource").objects
    sources.create(page_id=entry.pk, name="民法典", sort_order=1)
    later = new.get_model("cms.LifeStage").objects.create(name="退休试")
    assert later.pk > stage.pk

    again = migrate(BEFORE)
    assert source_of_each(again) == {entry.pk: SOURCE, bare.pk: ""}
    assert stages_of(again, "courses.LifeStage", course.pk) == [(stage.pk, "初为人母试", 7)]
