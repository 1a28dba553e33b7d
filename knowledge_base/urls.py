from django.urls import path

from knowledge_base.views import feedback
from members import converters  # noqa: F401 registers <id:…>

app_name = "knowledge_base"
urlpatterns = [path("<id:page_id>/feedback/", feedback, name="feedback")]
