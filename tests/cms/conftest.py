import pytest

from cms.models import ColumnIndexPage, ColumnPage


@pytest.fixture
def column(home):
    index = home.add_child(instance=ColumnIndexPage(title="主题栏目", slug="columns"))
    return index.add_child(instance=ColumnPage(title="维权普法", slug="law"))
