"""Row: CSV and XLSX cells beginning with = + - @ tab CR. Every list of the admin that is exported.

Workbooks of our own jobs have tests beside them; that none is made in another way is said below.
"""

import csv
import re
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.models import Page, PageLogEntry

from cms.models import SearchMiss
from tests.columns import make_column
from tests.config.scope.addresses import all_views
from tests.config.scope.test_matrix import FAILS
from tests.factories import make_member
from tests.security.test_csrf import address

FORMULAS = ['=HYPERLINK("http://a.cn")', "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1"]
LIVE = re.compile(r"^[=+\-@\t\r]")
# What cms.exports does for all of them.
OURS = {"stream_csv", "write_xlsx"}
# What a member takes along of herself.
HER_OWN = "learning:export"
MADE = re.compile(r"\bWorkbook\((.*)\)")


@pytest.fixture
def superuser(client, home):
    """Everything that has a title or a name begins like a formula."""
    superuser = make_member("=1+1", is_staff=True, is_superuser=True)
    client.force_login(superuser)
    column = make_column(home)
    for number, formula in enumerate(FORMULAS):
        page = make_column(home, title=f"栏目{number}") if number else column
        page.save_revision(user=superuser)
        Page.objects.filter(pk=page.pk).update(
            title=formula,
            draft_title=formula,
            locked=True,
            locked_by=superuser,
            locked_at=timezone.now(),
            has_unpublished_changes=True,
        )
        SearchMiss.objects.create(text=formula, last_at=timezone.now())
        PageLogEntry.objects.log_action(page, "wagtail.edit", user=superuser, title=formula)
    return superuser


def exports(client, form: str) -> dict[str, bytes]:
    """What comes as a file when it is asked for, of all addresses without arguments."""
    found = {}
    for name in [name for name, arguments in all_views() if not arguments and name != FAILS]:
        response = client.get(address(name, ()), {"export": form})
        if is_file(response, form):
            body = b"".join(response.streaming_content) if response.streaming else response.content
            found[name] = body
    return found


def is_file(response, form: str) -> bool:
    kind = {"csv": "csv", "xlsx": "spreadsheet"}[form]
    return response.status_code == 200 and kind in response.get("Content-Type", "")


def test_csv_of_every_list_is_inert(client, superuser):
    files = exports(client, "csv")
    cells = {
        name: [
            cell
            for row in csv.reader(StringIO(body.decode("utf-8-sig"), newline=""))
            for cell in row
        ]
        for name, body in files.items()
    }
    live = {name: [cell for cell in all if LIVE.match(cell)] for name, all in cells.items()}

    assert {name: found for name, found in live.items() if found} == {}
    assert sum("HYPERLINK" in cell for all in cells.values() for cell in all) >= 5


def test_xlsx_of_every_list_is_inert(client, superuser):
    kinds = {
        (name, cell.coordinate): cell.data_type
        for name, body in exports(client, "xlsx").items()
        for row in load_workbook(BytesIO(body)).active.iter_rows()
        for cell in row
    }

    assert {place: kind for place, kind in kinds.items() if kind == "f"} == {}
    assert len({name for name, _coordinate in kinds}) >= 5


def test_every_list_bears_the_name_of_who_took_it(client, superuser):
    mark = f"（账号 {superuser.pk}）"
    lines = {name: body.decode() for name, body in exports(client, "csv").items()}
    books = {name: load_workbook(BytesIO(body)) for name, body in exports(client, "xlsx").items()}
    footers = {name: book.active.oddFooter.center.text or "" for name, book in books.items()}

    assert [name for name, text in lines.items() if mark not in text.splitlines()[-1]] == []
    assert {name for name, text in footers.items() if mark not in text} == {HER_OWN}


def test_no_view_exports_by_itself():
    """One that writes its rows anew would leave the inert way."""

    def below(kind):
        return {each for sub in kind.__subclasses__() for each in {sub, *below(sub)}}

    assert [each for each in below(SpreadsheetExportMixin) if OURS & vars(each).keys()] == []


def test_every_workbook_of_ours_is_inert():
    apps = ["cms", "courses", "federations", "knowledge_base", "learning", "members", "quizzes"]
    sources = [file for app in apps for file in Path(settings.BASE_DIR, app).rglob("*.py")]
    made = [
        (file.name, asked)
        for file in sources
        if "from xlsxwriter import Workbook" in (text := file.read_text())
        for asked in MADE.findall(text)
    ]

    assert [each for each in made if "INERT" not in each[1]] == []
    assert len(made) >= 6
