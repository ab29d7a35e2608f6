// Keeps the console's counts fresh. Without it, "Count again" does the same.
"use strict";

const EVERY = 5000;
const box = document.querySelector("[data-counts]");

async function refresh() {
  if (document.hidden) return;
  try {
    const answer = await fetch(box.dataset.counts, { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) return;
    const counts = await answer.json();
    for (const place of box.querySelectorAll("[data-count]")) {
      place.textContent = counts[place.dataset.count];
    }
  } catch {
    // The network is away: the numbers stay as they are until it comes back.
  }
}

if (box) setInterval(refresh, EVERY);
