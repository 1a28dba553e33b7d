"""The desk: claims."""

from django.urls import path

from federations.desk import claims

urlpatterns = [
    path("", claims.claims, name="desk_claims"),
    path("<id:pk>/", claims.claim, name="desk_claim"),
]
