"""What can be wrong with a link. The words for it are in cms.models.links."""

from enum import StrEnum


class Fault(StrEnum):
    # Outside
    MALFORMED = "malformed"
    CREDENTIALS = "credentials"
    INNER = "inner"
    NO_HOST = "no_host"
    UNREACHABLE = "unreachable"
    SLOW = "slow"
    EXPIRED_CERTIFICATE = "expired_cert"
    BAD_CERTIFICATE = "bad_cert"
    NO_ENCRYPTION = "no_encryption"
    MISSING = "missing"
    SERVER_ERROR = "server_error"
    CIRCLES = "circles"
    # Inside
    PAGE_GONE = "page_gone"
    PAGE_NOT_LIVE = "page_not_live"
    NO_SUCH_ADDRESS = "no_address"
    FILE_GONE = "file_gone"


# The whole host is out of reach: its other addresses need not be asked.
OF_HOST = {
    Fault.INNER,
    Fault.NO_HOST,
    Fault.UNREACHABLE,
    Fault.SLOW,
    Fault.EXPIRED_CERTIFICATE,
    Fault.BAD_CERTIFICATE,
    Fault.NO_ENCRYPTION,
}
