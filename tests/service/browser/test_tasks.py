"""The list of tasks in a browser: a table of what is listed is made and offered."""

from __future__ import annotations

from .conftest import Enter


def test_what_is_listed_is_exported(enter: Enter):
    minh = enter("minh")
    minh.open("/tasks?q=bao cao")
    listed = minh.page.locator(".found-tasks > li").count()
    assert listed
    minh.page.click("button[data-format=csv]")
    link = minh.page.wait_for_selector("#exported a")
    assert f"csv, {listed}" in link.inner_text()
    answer = minh.page.request.get(minh.site.address + link.get_attribute("href"))
    assert answer.text().startswith("\ufeff")
