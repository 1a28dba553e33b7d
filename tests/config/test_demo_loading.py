"""The demo's files fit what they are loaded into; films, slow to make, stay out."""

import pytest
from django.utils import timezone

from cms.models import ColumnLinkPage, ColumnPage, LocalPick
from config.demo.listening import load_local
from config.demo.pages import load_columns
from config.demo.reading import read
from config.site_setup import set_up_site
from federations.domain.tree import add_federation
from federations.models import Level

pytestmark = pytest.mark.django_db


def test_local_picks_and_links_lead_to_allowed_hosts(tree):
    add_federation(parent=tree.province, name="深圳市", level=Level.CITY, code="4403")
    set_up_site()
    load_columns()

    load_local()

    facts = read("local")
    assert ColumnPage.objects.live().count() == len(read("columns")["columns"])
    assert LocalPick.objects.shown(timezone.localdate()).count() == len(facts["picks"])
    assert ColumnLinkPage.objects.live().count() == len(facts["links"])
