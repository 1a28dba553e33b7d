"""Which federation a cell means."""

import pytest

from federations.domain.roster.matching import FederationFinder
from federations.domain.roster.values import CellError
from federations.domain.tree import add_federation
from federations.models import Level
from tests.factories import make_village

pytestmark = pytest.mark.django_db


@pytest.fixture
def find(tree):
    """Full path of what the finder finds."""

    def run(text):
        finder = FederationFinder()
        return finder.title(finder.find(text))

    return run


@pytest.mark.parametrize(
    "cell",
    [
        "441403101001",
        441403101001.0,
        "广东省/梅州市/梅县区/松口镇/大黄村",
        "梅州市／梅县区＞松口镇、大黄村委会",
        "广东省梅州市梅县区松口镇大黄村民委员会",
        "梅县区松口镇大黄村妇联",
        "大黄村妇女联合会",
        "大黄",
    ],
)
def test_village_is_found_by_code_path_or_name(find, cell):
    assert find(cell) == "广东省/梅州市/梅县区/松口镇/大黄村"


def test_town_is_found_by_its_code_filled_up_with_zeros(find):
    assert find("441403101000") == "广东省/梅州市/梅县区/松口镇"


def test_town_of_a_city_without_counties_is_found(find):
    assert find("广东省东莞市石碣镇") == "广东省/东莞市/石碣镇"


def test_ambiguous_name_is_explained_with_all_paths(tree, find):
    add_federation(parent=tree.other_county, name="松口镇", level=Level.TOWN, code="440103002")

    with pytest.raises(CellError) as caught:
        find("松口镇")

    assert str(caught.value) == (
        "这个名称对应 2 个妇联：广东省/梅州市/梅县区/松口镇、广东省/广州市/荔湾区/松口镇；"
        "请填写区划代码或全称路径。"
    )


def test_path_settles_an_ambiguous_name(tree, find):
    add_federation(parent=tree.other_county, name="松口镇", level=Level.TOWN, code="440103002")

    assert find("荔湾区/松口镇") == "广东省/广州市/荔湾区/松口镇"


def test_village_and_community_of_one_name_are_told_apart(tree, find):
    make_village(tree.town, "大黄社区居委会", "441403101099")

    assert find("松口镇/大黄居委会") == "广东省/梅州市/梅县区/松口镇/大黄社区居委会"


def test_community_that_is_a_village_is_suggested_not_taken(find):
    with pytest.raises(CellError, match="是不是：广东省/梅州市/梅县区/松口镇/大黄村？"):
        find("松口镇/大黄居委会")


@pytest.mark.parametrize("cell", ["荔湾区/大黄村", "松口镇/大王村", "99", "", None])
def test_unknown_federation_is_refused(find, cell):
    with pytest.raises(CellError):
        find(cell)
