import pytest

from tests.cms.reviewing import Desk, make_desk


@pytest.fixture
def desk(home, tree) -> Desk:
    """A town's."""
    return make_desk(home, tree.town, tree.province)
