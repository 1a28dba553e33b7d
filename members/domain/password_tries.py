"""How often passwords may be tried: an account's from one address, an account's, from one address.

Each try is counted before the password is looked at, so parallel ones gain nothing; a right one is
given back. A phone that nobody has is counted like any other.
"""

from datetime import datetime

from members.domain.limits import Limit

MINUTES = 15 * 60
# Her own slips, or somebody who guesses: she herself may still sign in from elsewhere.
PAIR = Limit("password", amount=5, seconds=MINUTES)
# Somebody who guesses from many addresses. Above it only the SMS code signs in.
ACCOUNT = Limit("password-account", amount=20, seconds=MINUTES)
# One password for many accounts. Accounts count, not tries, and none that got in: of a county
# behind one address so many do not all forget their passwords.
ADDRESS = Limit("password-address", amount=300, seconds=MINUTES)


def take_try(*, phone: str, address: str, now: datetime) -> None:
    """Count one try. Raises LimitReached when one of the three is used up."""
    left = PAIR.take(_pair(phone, address), now=now)
    ACCOUNT.take(phone, now=now)
    if left == PAIR.amount - 1:
        ADDRESS.take(address, now=now)


def forgive_tries(*, phone: str, address: str, now: datetime) -> None:
    """The password was right: what she mistyped before is forgotten, the account's ceiling keeps
    what others tried."""
    PAIR.clear(_pair(phone, address))
    ACCOUNT.give_back(phone, now=now)
    ADDRESS.give_back(address, now=now)


def _pair(phone: str, address: str) -> str:
    return f"{phone} {address}"
