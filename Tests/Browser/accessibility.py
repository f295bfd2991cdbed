"""Rules of WCAG 2.2 AA that a program can look at, over the page as the browser has it."""

from pathlib import Path

RULES = (Path(__file__).parent / "accessibility.js").read_text()


def faults(page) -> list[str]:
    """What is wrong on the page, each in one line: the rule, then the element."""
    return page.evaluate(RULES)


def check(page):
    found = faults(page)
    assert not found, f"{page.url}\n" + "\n".join(found)
