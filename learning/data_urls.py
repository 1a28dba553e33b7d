from django.urls import path

from learning.views.data import my_data, my_data_file
from members import converters  # noqa: F401 registers <id:…>

urlpatterns = [
    path("", my_data, name="my_data"),
    path("<id:pk>/", my_data_file, name="my_data_file"),
]
