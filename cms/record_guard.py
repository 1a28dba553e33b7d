"""Rows are added to the record of the reviews, and nothing else.

One change goes through: the name of somebody who was erased becomes that of nobody.
"""

from members.append_only import AppendOnly
from members.names import ERASED_NAME

SAID = ["id", "page_id", "page_title", "revision_id", "round_id", "federation_path"]
SAID += ["federation_name", "step", "kind", "person_id", "reason", "words", "made_at"]

REVIEW_GUARD = AppendOnly(
    table="cms_reviewrecord",
    refused="the record of the reviews is only added to",
    may_update=" AND ".join(
        [
            f"NEW.person_name = '{ERASED_NAME}'",
            *(f"NEW.{column} IS NOT DISTINCT FROM OLD.{column}" for column in SAID),
        ]
    ),
)
