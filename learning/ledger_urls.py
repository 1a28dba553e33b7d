from django.urls import path

from learning.views import ledger
from members import converters  # noqa: F401 registers <id:…>

app_name = "ledger"

urlpatterns = [
    path("ledger/", ledger.ledger, name="index"),
    path("growth/", ledger.growth, name="growth"),
    path("statement/<id:year>/", ledger.statement, name="statement"),
    path("statement/<id:year>/statement.pdf", ledger.statement_pdf, name="statement_pdf"),
    path("statement/<id:year>/<id:member_id>/", ledger.statement, name="statement_of"),
]
