from datetime import date, timedelta

import pytest
from django.utils import timezone

from learning.domain.certificates import issue_certificates
from learning.domain.progress import complete_page
from learning.models import Certificate, CertificateRule, CertificateTemplate
from tests.factories import make_committee_member
from tests.pages import make_course

NOW = timezone.now()


@pytest.fixture
def template(tree):
    return make_template(tree.county)


@pytest.fixture
def course(academy):
    return make_course(academy, title="家庭教育促进法")


@pytest.fixture
def rule(template, course):
    return make_rule(template, page=course)


@pytest.fixture
def member(tree):
    return make_committee_member(tree.village, "陈桂英")


@pytest.fixture
def certificate(rule, member):
    return issue(member, rule)


def make_template(federation, **fields) -> CertificateTemplate:
    fields.setdefault("title", "结业证书模板")
    fields.setdefault("issuer", "梅县区妇女联合会")
    return CertificateTemplate.objects.create(federation=federation, **fields)


def make_rule(template, **fields) -> CertificateRule:
    fields.setdefault("starts_on", date(2024, 1, 1))
    return CertificateRule.objects.create(template=template, **fields)


def issue(member, rule) -> Certificate:
    complete_page(member=member, page_id=rule.page_id, now=NOW - timedelta(minutes=1))
    issue_certificates(member_ids=[member.pk], now=NOW)
    return Certificate.objects.get(member=member, page=rule.page_id, replaced_at=None)
