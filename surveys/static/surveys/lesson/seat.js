// Whose seat this is: what the server says of it, and what the device remembers.

import { askState } from "./send.js";

// The tag of the seat in use: the browser learns it with the seat (surveys/seats.py), and another
// one in the moment in which another pupil sits down, network or not.
export const tagHere = () => (document.cookie.match(/(?:^|; )screen=\w+\.(\w+)\./) || [])[1];

// What the server's state says of a seat, without the answers.
function factsOf({ pages, about, seat, ...facts }) {
  return facts;
}

// All pages that the server holds, the signs among them.
export function heldBy({ pages, about }) {
  return about ? { ...pages, about } : pages;
}

// Lets the device remember the seat of a state, as far as it can: { tag, seat }.
export async function sitDown(disk, state) {
  const tag = state.seat;
  const facts = { ...factsOf(state), unknownTo: null };
  const rows = Object.entries(heldBy(state)).map(([page, row]) => ({ page, ...row }));
  const kept = disk && (await disk.keepSeat(tag, facts).catch(() => null));
  if (kept) await disk.learn(tag, rows).catch(() => {});
  return { tag, seat: kept || facts };
}

// The seat in use as the device remembers it: { tag, seat }, or null.
export async function remembered(disk) {
  const tag = tagHere();
  const seat = disk && tag && (await disk.seat(tag).catch(() => null));
  return seat && seat.mark ? { tag, seat } : null;
}

// The state of the seat in use, asked for until there is an answer. `tell` hears of each try
// that failed.
export async function stateFrom(pause, tell) {
  for (let failures = 1; ; failures += 1) {
    const { word, body, after } = await askState();
    if (word !== "later") return { word, state: body };
    tell();
    await pause(failures, after);
  }
}

const channel = "BroadcastChannel" in self ? new BroadcastChannel("lesson") : null;

export function tellOtherTabs(tag, what) {
  if (channel) channel.postMessage({ tag, what });
}

export function onOtherTabs(hear) {
  if (channel) channel.onmessage = ({ data }) => hear(data.tag, data.what);
}
