from django.urls import path

from cms.search.views import search, suggestions

urlpatterns = [
    path("", search, name="search"),
    path("suggest/", suggestions, name="search_suggestions"),
]
