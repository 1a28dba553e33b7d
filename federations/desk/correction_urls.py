"""The desk: what members asked to have put right."""

from django.urls import path

from federations.desk import corrections

urlpatterns = [
    path("", corrections.corrections, name="desk_corrections"),
    path("<id:pk>/", corrections.correction, name="desk_correction"),
]
