"""Below /learning/certificates/."""

from django.urls import path

from learning.views import certificates

app_name = "certificates"

urlpatterns = [
    path("", certificates.certificate_list, name="list"),
    path("<str:number>/", certificates.certificate, name="certificate"),
    path("<str:number>/share/", certificates.share, name="share"),
    path("<str:number>/certificate.pdf", certificates.pdf, name="pdf"),
    path("<str:number>/picture/", certificates.picture, name="picture"),
]
