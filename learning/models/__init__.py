from learning.models.certificate import (
    Certificate,
    CertificateEdition,
    CertificateRule,
    CertificateTemplate,
)
from learning.models.outcome import OutcomeMark
from learning.models.plan import Plan, PlanItem
from learning.models.progress import Progress, ScoreStep
from learning.models.standing import StaleStanding, Standing

__all__ = [
    "Certificate",
    "CertificateEdition",
    "CertificateRule",
    "CertificateTemplate",
    "OutcomeMark",
    "Plan",
    "PlanItem",
    "Progress",
    "ScoreStep",
    "StaleStanding",
    "Standing",
]
