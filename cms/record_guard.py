"""Rows are added to the record of the reviews, and nothing else."""

from members.append_only import AppendOnly

REVIEW_GUARD = AppendOnly(
    table="cms_reviewrecord", refused="the record of the reviews is only added to"
)
