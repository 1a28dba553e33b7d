"""A certificate for the demo's annual plan: whoever has finished it gets one from the next fold."""

from datetime import date

from federations.models import Federation
from learning.models import CertificateRule, CertificateTemplate, Plan


def load_certificates() -> None:
    template = CertificateTemplate.objects.create(
        title="结业证书", federation=Federation.get_first_root_node(), issuer="广东省妇女联合会"
    )
    plan = Plan.objects.get(is_default=True)
    CertificateRule.objects.create(template=template, plan=plan, starts_on=date(2020, 1, 1))
