"""Entries for the tests."""

import json

from knowledge_base.models import KnowledgePage


def make_entry(index, category, number=0, *, body=(), tags=(), **fields):
    facts = {"title": f"条目{number}", "slug": f"entry-{number}", "category": category} | fields
    page = index.add_child(instance=KnowledgePage(body=json.dumps(list(body)), **facts))
    if tags:
        page.tags.set(tags)
        page.save()
    return page


def heading(text):
    return {"type": "heading", "value": text}


def law_article(number, text="正文。", law="某法"):
    value = {"law": law, "number": number, "text": text, "effective_on": "2016-03-01"}
    return {"type": "law_article", "value": value}
