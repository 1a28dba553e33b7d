"""What a careful eye finds on a page: sideways scrolling, small type, small targets, axe."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

axe = Axe()
AXE_OPTIONS = {"resultTypes": ["violations"], "preload": False}

# Sizes in CSS pixels. A link in the middle of a sentence is as high as its line (WCAG 2.5.8).
MEASURE = """
([smallestText, smallestTarget]) => {
  const faults = [];
  const name = (el) => `<${el.tagName.toLowerCase()} class="${el.getAttribute("class") || ""}"> `
    + (el.textContent || el.getAttribute("aria-label") || el.name || "").trim().slice(0, 20);
  const isSeen = (el) => {
    const box = el.getBoundingClientRect();
    return el.checkVisibility({ visibilityProperty: true }) && box.width > 1 && box.height > 1
      && !el.closest(".vh, .skip, [aria-hidden=true]");
  };
  const scaleOf = (el) => (el instanceof SVGElement ? el.getScreenCTM().a : 1);

  const wide = document.documentElement.scrollWidth - window.innerWidth;
  if (wide > 0) faults.push(`scrolls sideways by ${wide}px`);

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const el = node.parentElement;
    if (!node.data.trim() || ["SCRIPT", "NOSCRIPT"].includes(el.tagName) || !isSeen(el)) continue;
    const size = parseFloat(getComputedStyle(el).fontSize) * scaleOf(el);
    if (size < smallestText) faults.push(`text of ${size.toFixed(1)}px: ${name(el)}`);
  }

  const isInSentence = (el) => getComputedStyle(el).display === "inline"
    && [...el.parentElement.childNodes].some((other) => other.nodeType === 3 && other.data.trim());
  const targets = "a[href], button, summary, select, textarea, label.opt, [role=button], "
    + "input:not([type=hidden]):not([type=radio]):not([type=checkbox])";
  for (const el of document.querySelectorAll(targets)) {
    if (!isSeen(el) || isInSentence(el)) continue;
    const box = el.getBoundingClientRect();
    if (Math.min(box.width, box.height) < smallestTarget)
      faults.push(`target of ${box.width.toFixed(0)}×${box.height.toFixed(0)}px: ${name(el)}`);
  }
  return [...new Set(faults)];
}
"""


def find_size_faults(page: Page, *, smallest_text: float, smallest_target: float) -> list[str]:
    return page.evaluate(MEASURE, [smallest_text, smallest_target])


def find_axe_faults(page: Page) -> list[str]:
    # A colour on its way to another is neither.
    page.evaluate("Promise.allSettled(document.getAnimations().map((each) => each.finished))")
    violations = axe.run(page, options=AXE_OPTIONS).response["violations"]
    return [
        f"axe {violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in violations
        for node in violation["nodes"]
    ]
