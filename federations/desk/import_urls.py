"""The desk: importing a roster."""

from django.urls import path

from federations.desk import importing

urlpatterns = [
    path("", importing.upload, name="desk_import"),
    path("template/", importing.template, name="desk_import_template"),
    path("<int:pk>/", importing.check, name="desk_import_check"),
]
