"""No page is forgotten where pages are looked at: each route is a screen, or says why it is none."""

from __future__ import annotations

import pytest
from screens import NO_SCREENS, OF_UNITS, SCREENS
from starlette.routing import compile_path

from service.web.pages import routers

PAGES = SCREENS | OF_UNITS


def test_every_page_route_is_looked_at_or_says_why_not():
    found = {
        route.path
        for router in routers()
        for route in router.routes
        if "GET" in route.methods  # type: ignore[attr-defined]
    }
    assert found == PAGES.keys() | NO_SCREENS.keys()
    assert not PAGES.keys() & NO_SCREENS.keys()


@pytest.mark.parametrize("route", PAGES)
def test_an_address_leads_to_its_route(route: str):
    pattern, _, _ = compile_path(route)
    assert PAGES[route]
    assert all(pattern.fullmatch(one.partition("?")[0]) for one in PAGES[route])
