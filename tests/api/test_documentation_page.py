"""The documentation in a browser: it shows the operations under our own policy, and asks nobody else."""

from urllib.parse import urlsplit

from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer


def test_the_page_shows_the_operations_and_asks_nobody_else(
    transactional_db: None, live_server: LiveServer, page: Page
) -> None:
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))

    answer = page.goto(f"{live_server.url}/api/docs/")

    assert answer is not None
    # The kinds stand there first, and each opens at a click.
    expect(page.locator("#operations-tag-approvals")).to_be_visible(timeout=30_000)
    expect(page.locator(".opblock")).to_have_count(0)
    page.get_by_placeholder("Filter by tag").fill("outcomes")
    page.locator("#operations-tag-outcomes").click()
    expect(page.locator("#operations-outcomes-outcomes_create")).to_be_visible(timeout=30_000)
    page.locator("#operations-outcomes-outcomes_create").click()
    expect(page.get_by_text("also_called").first).to_be_visible(timeout=30_000)
    assert said == []
    assert {urlsplit(url).netloc for url in asked if not url.startswith("data:")} == {urlsplit(live_server.url).netloc}
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert [part for part in policy.split("; ") if "unsafe" in part] == ["style-src 'self' 'unsafe-inline'"]


def test_a_link_leads_to_one_operation(transactional_db: None, live_server: LiveServer, page: Page) -> None:
    page.goto(f"{live_server.url}/api/docs/#/outcomes/outcomes_create")

    expect(page.locator("#operations-outcomes-outcomes_create")).to_be_in_viewport(timeout=30_000)
    expect(page.get_by_text("also_called").first).to_be_visible(timeout=30_000)
