// Keeps the progress of a build fresh. Without script the page is right when it is loaded again.
"use strict";

const list = document.querySelector("#progress[data-address]");

const refresh = async () => {
  let now;
  try {
    now = await (await fetch(list.dataset.address)).json();
  } catch {
    return window.setTimeout(refresh, 10000); // the network is away: try again, slowly
  }
  for (const place of list.querySelectorAll("[data-show]")) {
    const words = String(now[place.dataset.show]);
    if (place.textContent !== words) place.textContent = words;
  }
  return now.settled ? window.location.reload() : window.setTimeout(refresh, 2000);
};

if (list) refresh();
