"""What a reader waits for, in a real Chromium."""

from dataclasses import dataclass
from typing import Any

from benchmarks.pages.site import Site

# The frame after the one in which everything was there has been handed to the screen.
PAINTED = """new Promise(done => requestAnimationFrame(() => {
  const channel = new MessageChannel();
  channel.port1.onmessage = () => done(performance.now() / 1000);
  channel.port2.postMessage(0);
}))"""
SENT = """performance.getEntriesByType('navigation')[0].transferSize
  + performance.getEntriesByType('resource').reduce((all, each) => all + each.transferSize, 0)"""
CLICK = """async (name) => {
  const link = [...document.querySelectorAll('#filters a')].find(a => a.textContent === name);
  const swapped = new Promise(done =>
    document.addEventListener('htmx:afterSettle', done, {once: true}));
  const begun = performance.now();
  link.click();
  await swapped;
  return await PAINTED - begun / 1000;
}""".replace("PAINTED", PAINTED)
CHOICES = ("Girls", "Year 8", "Boys", "Year 10")


@dataclass(frozen=True)
class View:
    """Seconds until the whole page was drawn, those of them that the page's own thread worked, and
    bytes with their headers."""

    drawn: float
    worked: float
    sent: int


def opened(browser: Any, running: Site) -> Any:
    """A page of a browser that has kept nothing, signed in."""
    context = browser.new_context(base_url=running.start)
    cookie = {"name": "sessionid", "value": running.session, "url": running.start}
    context.add_cookies([cookie])
    return context.new_page()


def first_view(browser: Any, running: Site, slower: int) -> View:
    page = opened(browser, running)
    tools = page.context.new_cdp_session(page)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    # Processor time: other work on this machine does not lengthen it.
    tools.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(running.address)
    drawn = float(page.evaluate(PAINTED))
    figures = tools.send("Performance.getMetrics")["metrics"]
    worked = next(each["value"] for each in figures if each["name"] == "TaskDuration")
    view = View(drawn, float(worked), int(page.evaluate(SENT)))
    page.context.close()
    return view


def click_to_paint(browser: Any, running: Site, times: int) -> list[float]:
    """Seconds from the click on a group to the frame that shows it; the first of each is cold."""
    page = opened(browser, running)
    page.goto(running.address)
    found = []
    for number in range(times):
        found.append(float(page.evaluate(CLICK, CHOICES[number % len(CHOICES)])))
        page.wait_for_timeout(100)
    page.context.close()
    return found
