"""Every page of the product with the addresses at which tests look at it: axe, zoom, language.

A new page fails tests/service/web/test_screens.py until it stands here.
"""

from __future__ import annotations

SCREENS: dict[str, tuple[str, ...]] = {
    "/": ("/", "/?review=all", "/?of=mine"),
    "/dashboard": ("/dashboard",),
    "/tasks": ("/tasks",),
    "/book": ("/book", "/book?view=all"),
    "/book/{duty}": ("/book/1", "/book/1?inspection=2"),
    "/book/new": ("/book/new",),
    "/book/secret": ("/book/secret",),
    "/book/import": ("/book/import",),
    "/proposals": ("/proposals",),
    "/duplicates": ("/duplicates",),
    "/reports": ("/reports", "/reports?by=assigner"),
    "/reports/duties": ("/reports/duties?group=overdue",),
    "/inspections": ("/inspections", "/inspections?view=all", "/inspections?view=cancelled"),
    "/inspections/new": ("/inspections/new",),
    "/inspections/{inspection}": ("/inspections/1", "/inspections/2"),
    "/inspections/{inspection}/edit": ("/inspections/1/edit",),
    "/inspections/{inspection}/duties": ("/inspections/1/duties",),
    "/calendar": ("/calendar",),
    "/reminders": ("/reminders",),
    "/addresses": ("/addresses",),
    "/letters": ("/letters", "/letters?unit=Sở Y tế"),
    "/letters/template": ("/letters/template",),
    "/mails": ("/mails",),
    "/users": ("/users",),
    "/users/{user}": ("/users/1",),
    "/tokens": ("/tokens",),
    "/webhooks": ("/webhooks",),
    "/webhooks/{webhook}": ("/webhooks/1",),
    "/audit": ("/audit",),
    "/budget": ("/budget",),
    "/runs": ("/runs",),
    "/runs/{run}": ("/runs/1",),
    "/quarantine": ("/quarantine", "/quarantine?reason=timeout"),
    "/password": ("/password",),
    "/documents/{document}": ("/documents/1",),
    "/documents/{document}/relations": ("/documents/1/relations",),
    "/documents/{document}/purge": ("/documents/1/purge",),
}
"""A route, and how an administrator opens it."""
OF_UNITS: dict[str, tuple[str, ...]] = {"/feed": ("/feed",)}
"""Pages that only a unit's user has."""
NO_SCREENS: dict[str, str] = {
    "/login": "of who is not logged in: looked at by itself",
    "/login/oidc": "leads on to the provider",
    "/login/oidc/callback": "leads on, or shows the login page: tests/service/browser/test_oidc.py",
    "/login/oidc/logout": "leads on to the provider",
    "/session": "JSON for the page's script",
    "/budget/stopped": "a mark within the head of each page of an administrator",
    "/reminders/count": "a number within the head of each page",
    "/units/options": "a part of forms: names to choose from",
    "/units": "a part of the review screen: names to choose from",
    "/deadline": "a part of the review screen: how a deadline is read",
    "/documents/{document}/history": "a part of the review screen",
    "/documents/{document}/presence": "a part of the review screen",
    "/documents/{document}/tasks/{task}/edit": "a part of the review screen",
    "/webhooks/{webhook}/deliveries": "a part of the webhook's page",
    "/letters/file": "a file",
    "/runs/{run}/standing": "a part of the run's page",
    "/runs/{run}/file/{kind}": "a file",
    "/inspections/{inspection}/letter": "a file",
    "/documents/{document}/answer": "a file",
    "/letters/template/file": "a file",
    "/reports/file/{kind}": "a file",
    "/feeds/{token}.ics": "a calendar for programs",
}
"""Routes that answer with no page of their own, and why."""


def addresses() -> tuple[str, ...]:
    """All that an administrator opens."""
    return tuple(one for found in SCREENS.values() for one in found)
