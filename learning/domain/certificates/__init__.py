from learning.domain.certificates.candidates import mark_candidates
from learning.domain.certificates.issue import issue_certificates
from learning.domain.certificates.withdraw import (
    CertificateRefused,
    reissue_certificate,
    revoke_certificate,
)

__all__ = [
    "CertificateRefused",
    "issue_certificates",
    "mark_candidates",
    "reissue_certificate",
    "revoke_certificate",
]
