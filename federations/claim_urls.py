from django.urls import path

from federations import claim_views

urlpatterns = [path("", claim_views.claim, name="claim")]
