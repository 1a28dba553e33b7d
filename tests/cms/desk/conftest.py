import pytest

from tests.cms.desk.scene import make_column
from tests.editors import make_editor, make_reviewers


@pytest.fixture
def column(home, academy):
    return make_column(home)


@pytest.fixture
def editor(column, home, tree):
    """Of a town."""
    return make_editor(home, tree.town)


@pytest.fixture
def teammate(column, home, tree):
    return make_editor(home, tree.town)


@pytest.fixture
def stranger(column, home, tree):
    return make_editor(home, tree.other_town)


@pytest.fixture
def superior(column, home, tree):
    return make_editor(home, tree.county)


@pytest.fixture
def reviewers(column, home, tree):
    """王初审, 李复审 and 赵终审 of the county."""
    return make_reviewers(home, tree.county)
