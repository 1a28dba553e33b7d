"""Kinds of pages, by name: the apps that define them stand above this one."""

from django.contrib.contenttypes.models import ContentType

LESSON, COURSE = "courses.lessonpage", "courses.coursepage"


def type_id(name: str) -> int:
    """The content type's id; asked of the database once for each process."""
    return ContentType.objects.get_by_natural_key(*name.split(".")).pk
