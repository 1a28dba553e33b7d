"""What a member agrees to: the privacy notice and the terms of use, every version of each. Pure.

A new version is a new Edition in front of the others and a new template; the old template stays,
because it is what the earlier consents are about. From then on every member is asked once.
"""

from .editions import PRIVACY, TERMS, Document, Edition

DOCUMENTS: dict[str, Document] = {each.name: each for each in (PRIVACY, TERMS)}


def current_versions() -> dict[str, str]:
    """By the document's name, the version that is to be agreed to now."""
    return {name: document.current.version for name, document in DOCUMENTS.items()}


def current_token() -> str:
    """The versions in one word, e.g. privacy-1.0.terms-1.0: what a form and a cookie carry."""
    return ".".join(f"{name}-{version}" for name, version in current_versions().items())


__all__ = ["DOCUMENTS", "Document", "Edition", "current_token", "current_versions"]
