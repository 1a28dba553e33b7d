import pytest

from cms.models import ColumnIndexPage, ColumnPage
from tests.cms.reviewing import Desk, make_desk


@pytest.fixture
def column(home):
    index = home.add_child(instance=ColumnIndexPage(title="主题栏目", slug="columns"))
    return index.add_child(instance=ColumnPage(title="维权普法", slug="law"))


@pytest.fixture
def desk(home, tree) -> Desk:
    """A town's."""
    return make_desk(home, tree.town, tree.province)
