"""Authoring: what an uploaded film or recording must be."""

from wagtailmedia.forms import BaseMediaForm


class LessonMediaForm(BaseMediaForm):
    pass
