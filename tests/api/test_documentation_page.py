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

    # Of many operations the program draws those that are in sight: what is looked for is led to by its address.
    answer = page.goto(f"{live_server.url}/api/docs/#/outcomes")

    assert answer is not None
    expect(page.locator("#operations-outcomes-outcomes_create")).to_be_visible()
    page.locator("#operations-outcomes-outcomes_create").click()
    expect(page.get_by_text("also_called").first).to_be_visible()
    assert said == []
    assert {urlsplit(url).netloc for url in asked if not url.startswith("data:")} == {urlsplit(live_server.url).netloc}
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert [part for part in policy.split("; ") if "unsafe" in part] == ["style-src 'self' 'unsafe-inline'"]
