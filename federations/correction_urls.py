from django.urls import path

from federations import correction_views

urlpatterns = [path("", correction_views.corrections, name="corrections")]
