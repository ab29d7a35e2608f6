// Keeps the console's counts fresh. Without it, "Count again" does the same.
"use strict";

const EVERY = 5000;
const box = document.querySelector("[data-counts]");
const told = document.querySelector("[data-told]");
let busy = false;

function show(said) {
  for (const place of document.querySelectorAll("[data-count]")) {
    place.textContent = said[place.dataset.count] ?? "";
  }
  // Somebody started, paused or closed the lesson elsewhere: this page's buttons are old.
  told.textContent = said.state === box.dataset.state ? "" : told.dataset.changed;
}

async function refresh() {
  if (document.hidden || busy) return;
  busy = true;
  try {
    const answer = await fetch(box.dataset.counts, { headers: { Accept: "application/json" } });
    if (answer.redirected || answer.status === 404) told.textContent = told.dataset.signedOut;
    else if (answer.ok) show(await answer.json());
    else told.textContent = told.dataset.away;
  } catch {
    told.textContent = told.dataset.away;
  }
  busy = false;
}

if (box) {
  setInterval(refresh, EVERY);
  document.addEventListener("visibilitychange", refresh);
}
