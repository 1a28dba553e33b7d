"""The desk: assessments."""

from django.urls import path

from learning.assessment import views
from members import converters  # noqa: F401 registers <id:…>

urlpatterns = [
    path("", views.schemes, name="desk_assessment"),
    path("new/", views.new_scheme, name="desk_assessment_new"),
    path("<id:pk>/", views.scheme, name="desk_assessment_scheme"),
    path("<id:pk>/units/<id:unit>/", views.unit, name="desk_assessment_unit"),
    path("<id:pk>/edit/", views.edit_scheme, name="desk_assessment_edit"),
    path("<id:pk>/recompute/", views.recompute, name="desk_assessment_recompute"),
    path("<id:pk>/export/", views.export, name="desk_assessment_export"),
    path("<id:pk>/note/", views.note, name="desk_assessment_note"),
]
