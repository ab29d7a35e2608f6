// What htmx brings into a report. Without script the same links lead to pages of their own.
"use strict";

const address = () => location.pathname + location.search;
let shown = address();

// htmx's own swaps tell every element of the old part that it goes, and look for every id of the
// new part in the page: on a report that is two thirds of a filter's time, and nothing here listens.
htmx.defineExtension("replaced", {
  handleSwap(style, target, fragment) {
    if (style !== "replaced") return false;
    const made = [...fragment.children];
    target.replaceWith(...made);
    return made;
  },
});

// The link that asked for a topic's rest is gone: whoever used it goes on where that begins.
document.addEventListener("htmx:load", ({ detail: { elt } }) => {
  if (elt.matches(".topic-whole")) elt.focus({ preventScroll: true });
});

// Back and forth: the group of the address again, asked of the server as a click asks for it.
// Nothing of a report is kept in the browser's storage, where the next person would find it.
document.addEventListener("htmx:pushedIntoHistory", () => { shown = address(); });
document.addEventListener("htmx:historyCacheMiss", (event) => event.preventDefault());
addEventListener("popstate", () => {
  if (address() === shown) return;
  shown = address();
  htmx.ajax("GET", shown, { source: "#filters" });
});

// Signed out, no longer allowed, or no network: the browser itself shows what there is.
for (const failed of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failed, ({ detail }) => location.assign(detail.pathInfo.requestPath));
}
