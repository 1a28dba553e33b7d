"""What everybody may read about personal data, and the page that asks for consent."""

from django.urls import path

from members import privacy_views

urlpatterns = [
    path("privacy/", privacy_views.document, {"name": "privacy"}, name="privacy"),
    path("terms/", privacy_views.document, {"name": "terms"}, name="terms"),
    path("privacy/agree/", privacy_views.agree, name="agree"),
]
