"""A review page in the browser, by what a person does on it."""

from __future__ import annotations

from typing import Any

from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait


class Page:
    """One page, opened."""

    def __init__(self, browser: Chrome) -> None:
        self.browser = browser

    def open(self, address: str) -> None:
        """Open a page and wait until it is ready."""
        self.browser.get("about:blank")
        self.browser.get(address)
        self.until("document.documentElement.dataset.ready === '1'")

    def press(self, *keys: str) -> None:
        """Type keys where the focus is."""
        for key in keys:
            ActionChains(self.browser).send_keys(key).perform()

    def click(self, element: str) -> None:
        """Click on what has this id."""
        self.browser.find_element(By.ID, element).click()

    def text(self, element: str) -> str:
        """What can be read in the element of this id."""
        return self.browser.find_element(By.ID, element).text

    def run(self, script: str) -> Any:  # noqa: ANN401 - whatever the page says
        """The value of an expression in the page."""
        return self.browser.execute_script(f"return {script}")

    def until(self, script: str) -> None:
        """Wait until an expression holds in the page."""
        WebDriverWait(self.browser, 60).until(lambda _: self.run(script))
