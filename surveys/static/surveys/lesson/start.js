// On the page before the questions: makes the device ready, so that the lesson needs no network
// to go on. Nothing here is waited for: the document does the same for itself, if it must.

import { sitDown, stateFrom } from "./seat.js";
import { pauseBefore } from "./send.js";
import { keepForOffline, openDisk } from "./store.js";

const address = document.querySelector("a[data-document]").dataset.document;

async function prepare() {
  const pause = (failures, after) =>
    new Promise((go) => setTimeout(go, pauseBefore(failures, after)));
  const { word, state } = await stateFrom(pause, () => {});
  if (word === "ok") await sitDown(await openDisk(), { ...state, document: address });
}

prepare().catch(() => {});
keepForOffline(address).catch(() => {});
addEventListener("online", () => keepForOffline(address).catch(() => {}));
