from learning.models.assessment import (
    AssessmentEvent,
    AssessmentEventKind,
    AssessmentPeriod,
    AssessmentResult,
    AssessmentScheme,
)
from learning.models.certificate import (
    Certificate,
    CertificateEdition,
    CertificateRule,
    CertificateTemplate,
)
from learning.models.favourite import FavouritePage
from learning.models.growth import Growth, Stage
from learning.models.ledger import (
    BehaviourName,
    EntryKind,
    LedgerEntry,
    PointRule,
    Unchangeable,
)
from learning.models.outcome import OutcomeMark
from learning.models.personal import RankingConsent
from learning.models.plan import (
    Plan,
    PlanEvent,
    PlanEventKind,
    PlanItem,
    PlanKind,
    Reach,
    Span,
)
from learning.models.progress import Progress, ScoreStep
from learning.models.roster import PlanRosterEntry
from learning.models.sending import ReminderSending
from learning.models.standing import StaleStanding, Standing

__all__ = [
    "AssessmentEvent",
    "AssessmentEventKind",
    "AssessmentPeriod",
    "AssessmentResult",
    "AssessmentScheme",
    "BehaviourName",
    "Certificate",
    "CertificateEdition",
    "CertificateRule",
    "CertificateTemplate",
    "EntryKind",
    "FavouritePage",
    "Growth",
    "LedgerEntry",
    "OutcomeMark",
    "Plan",
    "PlanEvent",
    "PlanEventKind",
    "PlanItem",
    "PlanKind",
    "PlanRosterEntry",
    "PointRule",
    "Progress",
    "RankingConsent",
    "Reach",
    "ReminderSending",
    "ScoreStep",
    "Span",
    "Stage",
    "StaleStanding",
    "Standing",
    "Unchangeable",
]
