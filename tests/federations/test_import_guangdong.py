"""The shipped file, all 28,743 rows: the tree it makes and how it is read."""

import pytest
from django.db import connection

from federations.domain.divisions import SHIPPED_FILE, import_federations
from federations.models import Federation, Level

# All of them, also those that need no database of their own: pytest-django would run those last
# and import the tree a second time.
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def guangdong(django_db_setup, django_db_blocker):
    """The real tree, imported once for this module and taken away again."""
    with django_db_blocker.unblock():
        result = import_federations(path=SHIPPED_FILE)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        yield result
        Federation.objects.update(parent=None)
        Federation.objects.all()._raw_delete(using="default")


@pytest.fixture
def town(guangdong) -> Federation:
    return Federation.objects.get(code="441403100")


READS = {
    "subtree": Federation.objects.below,
    "ancestors": lambda town: town.get_ancestors(),
    "children": lambda town: town.children.all(),
    "level": lambda town: Federation.objects.at_level(Level.COUNTY),
}


def test_shipped_file_is_the_reference_table(shared_data):
    reference = shared_data / "divisions" / "guangdong_divisions.csv"

    assert SHIPPED_FILE.read_bytes() == reference.read_bytes()


def test_whole_tree_is_imported(guangdong):
    assert (guangdong.created, guangdong.absent) == (28_743, 0)


def test_importing_again_changes_nothing(guangdong):
    result = import_federations(path=SHIPPED_FILE)

    assert (result.has_changes, result.unchanged) == (False, 28_743)


def test_imported_tree_has_no_problems(town):
    county = town.get_parent()

    # The whole tree takes treebeard a minute: one county, and its own rules for all nodes below.
    assert Federation.find_problems(parent=county) == ([], [], [], [], [])


def test_paths_parents_depths_and_child_counts_agree_everywhere(town):
    nodes = {node.pk: node for node in Federation.objects.all()}
    children = dict.fromkeys(nodes, 0)
    for node in nodes.values():
        if node.parent_id:
            children[node.parent_id] += 1

    wrong = [
        node.code
        for node in nodes.values()
        if node.path[:-3] != (nodes[node.parent_id].path if node.parent_id else "")
        or node.depth * Federation.steplen != len(node.path)
        or node.numchild != children[node.pk]
    ]
    assert wrong == []


@pytest.mark.parametrize("code", ["4419", "4420"])
def test_towns_of_cities_without_counties_hang_on_the_city(town, code):
    levels = Federation.objects.filter(parent__code=code).values_list("level", flat=True)

    assert set(levels) == {Level.TOWN}


@pytest.mark.parametrize(("read", "count"), [("subtree", 47), ("ancestors", 3), ("level", 122)])
def test_read_gives_the_right_number(town, read, count):
    assert READS[read](town).count() == count


@pytest.mark.parametrize("read", READS)
def test_read_is_one_query(town, read, django_assert_num_queries):
    with django_assert_num_queries(1):
        list(READS[read](town))


@pytest.mark.parametrize("read", READS)
def test_read_uses_an_index(town, read):
    plan = READS[read](town).explain()

    assert "SCAN federations_federation" not in plan.replace("Seq Scan on", "SCAN")
    assert "index" in plan.lower()
