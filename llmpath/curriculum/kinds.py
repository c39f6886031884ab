"""The words that describe a resource: its kind with the minutes that usually takes, level, cost, needs and status."""

USUAL_MINUTES = {
    "article": 20,
    "video": 40,
    "course": 300,
    "book": 600,
    "paper": 60,
    "notebook": 60,
    "code": 60,
    "docs": 30,
    "tool": 30,
    "dataset": 20,
    "leaderboard": 10,
    "slides": 45,
    "site": 30,
    "model": 20,
}
"""Every kind of resource with the minutes that count where a resource of the kind gives none."""

UNKNOWN_KIND_MINUTES = 30
"""The same for a resource without a kind."""

KINDS = tuple(USUAL_MINUTES)
LEVELS = ("intro", "intermediate", "advanced")
ACCESS = ("free", "signup", "partly-paid", "paid", "api-key")
NEEDS = ("cpu", "gpu-free", "gpu-24gb", "gpu-large", "cloud")
STATUSES = ("live", "archived", "gone")

TIMED_KINDS = frozenset({"article", "video", "course", "book", "paper", "notebook"})
"""Kinds that are gone through from beginning to end, and so should say how many minutes that takes."""
