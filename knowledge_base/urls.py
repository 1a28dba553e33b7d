from django.urls import path

from cms import converters  # noqa: F401 registers <id:…>
from knowledge_base.views import feedback

app_name = "knowledge_base"
urlpatterns = [path("<id:page_id>/feedback/", feedback, name="feedback")]
