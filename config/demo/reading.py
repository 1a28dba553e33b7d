"""The demo content's files, and their Markdown as pages keep it."""

import tomllib
from pathlib import Path

import markdown
import nh3

CONTENT = Path(__file__).parent / "content"
ALLOWED_TAGS = {"p", "h3", "ul", "ol", "li", "strong", "b", "br"}


def read(name: str) -> dict:
    """content/<name>.toml"""
    return tomllib.loads((CONTENT / f"{name}.toml").read_text(encoding="utf-8"))


def to_html(text: str) -> str:
    """Markdown as sanitised rich text; its `##` headings become h3."""
    html = markdown.markdown(text.strip()).replace("<h2>", "<h3>").replace("</h2>", "</h3>")
    return nh3.clean(html, tags=ALLOWED_TAGS, attributes={})


def to_blocks(text: str) -> list[tuple[str, str]]:
    """Markdown as StreamField blocks: a heading block for each `##`, rich text between."""
    opening, *sections = f"\n{text.strip()}".split("\n## ")
    blocks = [("paragraph", to_html(opening))] if opening.strip() else []
    for section in sections:
        heading, _newline, body = section.partition("\n")
        blocks.append(("heading", heading.strip()))
        if body.strip():
            blocks.append(("paragraph", to_html(body)))
    return blocks
