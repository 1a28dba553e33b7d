"""Writing many attempts' results in one statement: Django's bulk_update takes ten times as long."""

import json
from collections.abc import Iterable

from django.db import connection

from quizzes.domain.corrections.outcomes import Outcome

SET = """
UPDATE quizzes_attempt
SET marks = r.marks, needs_marking = r.needs_marking,
    score_bp = r.score_bp, has_passed = r.has_passed
FROM {rows}
WHERE quizzes_attempt.id = r.id
"""
ROWS = {
    "postgresql": """JSONB_TO_RECORDSET((%s)::jsonb) AS r(
        id bigint, marks jsonb, needs_marking boolean, score_bp integer, has_passed boolean
    )""",
    "sqlite": """(SELECT
        JSON_EXTRACT(value, '$.id') AS id,
        JSON_EXTRACT(value, '$.marks') AS marks,
        JSON_EXTRACT(value, '$.needs_marking') AS needs_marking,
        JSON_EXTRACT(value, '$.score_bp') AS score_bp,
        JSON_EXTRACT(value, '$.has_passed') AS has_passed
    FROM JSON_EACH(%s)) AS r""",
}


def write_results(outcomes: Iterable[Outcome]) -> None:
    """Bring the attempts' rows in line with `after`."""
    rows = [{"id": each.attempt.pk, **each.after} for each in outcomes]
    sql = SET.format(rows=ROWS[connection.vendor])
    with connection.cursor() as cursor:
        cursor.execute(sql, [json.dumps(rows)])
