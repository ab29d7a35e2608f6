// The pupil's document: whose seat this is, the lesson's beginning and end, and every button.

import { Lesson } from "./lesson.js";
import { Outbox } from "./outbox.js";
import { dataOf, say, show, showOnly } from "./paper.js";
import { heldBy, onOtherTabs, remembered, sitDown } from "./seat.js";
import { stateFrom, tagHere, tellOtherTabs } from "./seat.js";
import { Sender, askState, newLine, pauseBefore } from "./send.js";
import { keepForOffline, openDisk } from "./store.js";

const { mark } = dataOf("routes");
const ALL = "/lesson/all/";
const OWN = `${ALL}${mark}-${document.documentElement.lang}/`;
const LOOK = 8000; // milliseconds between two looks, at a paused lesson or at what is kept

let disk = null;
let lesson = null;
let busy = false;
let state = "";
const earlier = []; // senders of pupils who sat here before

const waitFor = (failures, after) =>
  new Promise((go) => setTimeout(go, pauseBefore(failures, after)));
const home = () => location.replace("/lesson/");
const here = () => (location.pathname.startsWith(ALL) ? location.pathname + location.search : "");

async function main() {
  const asked = stateFrom(waitFor, () => lesson || showOnly("waiting"));
  disk = await openDisk();
  const known = await remembered(disk);
  if (known && (await belongsElsewhere(known.seat))) {
    return location.replace(known.seat.document || "/lesson/");
  }
  if (known) await begin(known);
  else show("wait");
  await hearServer(await asked);
  return keepReady();
}

// Without a network one document may stand in for another.
async function belongsElsewhere({ mark: theirs, document: address = "" }) {
  if (theirs !== mark) return true;
  if (here() || !address || address.startsWith(OWN) || !("caches" in self)) return false;
  return Boolean(await caches.match(address).catch(() => null));
}

// Until the worker holds everything: a school's network may fail any of its files.
async function keepReady() {
  const address = here() || (lesson && lesson.outbox.seat.document);
  while (address && "caches" in self) {
    await keepForOffline(address).catch(() => {});
    await new Promise((go) => setTimeout(go, LOOK));
    if (await caches.match(address).catch(() => true)) return;
  }
}

// The server says who sits here; a device may have missed that.
async function hearServer({ word, state: found }) {
  if (lesson && lesson.isOver) return null; // the sender hears what becomes of it
  if (word !== "ok") return turnAway(word);
  const other = lesson && lesson.outbox.tag !== found.seat;
  if (other || found.mark !== mark) return home();
  if (!lesson) await begin(await sitDown(disk, { ...found, ...(here() && { document: here() }) }));
  const news = await lesson.outbox.learn(heldBy(found));
  if (lesson.name === null) lesson.open(lesson.outbox.seat.where, "replace");
  else lesson.learned(news);
  lesson.sender.kick();
  return hearLesson(found.lesson);
}

async function begin({ tag, seat }) {
  const outbox = await Outbox.open(disk, tag, seat);
  lesson = new Lesson(outbox, new Sender(outbox, hear));
  const banner = document.querySelector("[data-entered]");
  if (banner) banner.hidden = seat.entered === "pupil";
  document.dispatchEvent(new CustomEvent("lesson:ready", { detail: seat }));
  const asked = location.hash.slice(1);
  if (seat.end) lesson.showEnding();
  else if (outbox.keeps && !outbox.unread) lesson.open(/^(p\d+|end|stop)$/.test(asked) ? asked : seat.where, "replace");
  lesson.sender.kick();
  sendEarlier(tag);
}

// What waits of a pupil who sat here before is sent for that pupil, and then nothing is kept.
// One seat after another, so that all of them never keep the seat in use from sending.
async function sendEarlier(own) {
  const tags = disk ? await disk.tags().catch(() => []) : [];
  const inLine = newLine();
  for (const tag of tags.filter((each) => each !== own)) {
    await sendFor(tag, own, inLine).catch(() => {}); // the others must not wait for it
  }
}

async function sendFor(tag, own, inLine) {
  const outbox = await Outbox.open(disk, tag, (await disk.seat(tag)) || {});
  const sender = new Sender(outbox, (word) => isDone(word, outbox, own) && outbox.wipe(), inLine);
  earlier.push(sender);
  sender.kick();
}

// A closed lesson takes nothing any more. A seat that the server does not know may be taken
// again by its code: it is kept for one more pupil.
function isDone(word, outbox, own) {
  if (word !== "unknown") return ["saved", "ended", "finished", "closed"].includes(word);
  const { unknownTo } = outbox.seat;
  if (!unknownTo) outbox.keepSeat({ unknownTo: own });
  return Boolean(unknownTo) && unknownTo !== own;
}

// ---- what the sender tells

const HEAR = {
  sending: () => tell("", ""),
  saved: () => lesson.outbox.isSaved && lesson.outbox.rows.size && tell("saved", "saved"),
  waiting() {
    if (state !== "waiting") lesson.signs.waited();
    tell("waiting", "waiting");
    if (lesson.outbox.seat.end) showOnly("waiting");
  },
  lesson: (body) => hearLesson(body.lesson),
  ended: () => allSent(),
  finished: () => allSent(),
  closed: () => turnAway("closed"),
  unknown: () => turnAway("unknown"),
};

const hear = (word, body) => HEAR[word](body);

function tell(word, detail) {
  say(word);
  if (!detail || detail === state) return;
  state = detail;
  document.dispatchEvent(new CustomEvent("lesson:state", { detail }));
}

async function allSent() {
  const { outbox } = lesson;
  tell("", "sent");
  await showSent(outbox);
  tellOtherTabs(outbox.tag, "ended");
}

async function showSent(outbox) {
  lesson.sender.over = true;
  show("done");
  showOnly("sent");
  await forget(outbox);
}

// Nothing of this pupil is left for whoever uses the device next.
async function forget(outbox) {
  for (const page of document.querySelectorAll(".paper")) page.remove();
  await outbox.wipe();
}

function turnAway(word) {
  tell("", "");
  if (word === "finished" && lesson) return allSent();
  if (lesson) lesson.sender.over = true;
  showOnly(lesson && lesson.outbox.waiting.length ? "unsent" : "sent");
  return show({ unknown: "code", closed: "closed", finished: "done" }[word] || "code");
}

function hearLesson(word) {
  if (lesson.isOver) return;
  document.querySelector("[data-over]").hidden = word !== "over";
  const was = lesson.paused;
  lesson.paused = word === "paused";
  if (lesson.paused && !was) {
    tell("", "paused");
    lesson.signs.show(null);
    show("paused");
    lookAgain();
  } else if (was && !lesson.paused) {
    lesson.open(lesson.name, null);
  }
}

async function lookAgain() {
  while (lesson.paused && !lesson.isOver) {
    await new Promise((go) => setTimeout(go, LOOK * (0.75 + Math.random() / 2)));
    const { word, body } = await askState(lesson.outbox.tag);
    if (word === "ok") hearLesson(body.lesson);
    else if (word !== "later") return turnAway(word);
  }
  return null;
}

// ---- buttons, tabs, the network's return

const GO = {
  next: () => lesson.turn("next"),
  back: () => (lesson.onPage ? lesson.turn("back") : lesson.goBack()),
  stop: () => (lesson.onPage ? lesson.turn("stop") : lesson.open("stop")),
  on: () => lesson.goOn(),
  end: () => lesson.end("send"),
  leave: () => lesson.stop(),
};

async function press(event) {
  const button = event.target.closest("[data-go]");
  if (!button || !lesson || lesson.isOver) return;
  event.preventDefault();
  // The second half of a double click belongs to the page that is gone.
  if (busy || event.detail > 1) return;
  busy = true;
  try {
    await GO[button.dataset.go]();
  } finally {
    busy = false;
  }
}

function tryNow() {
  for (const sender of [lesson && lesson.sender, ...earlier]) if (sender) sender.kick();
}

async function otherTab(tag, what) {
  if (!lesson || lesson.outbox.tag !== tag) return;
  if (what === "wrote") await lesson.outbox.reread();
  if (what === "ending") await lesson.outbox.rereadSeat();
  if (what === "ending" && lesson.outbox.seat.end) lesson.showEnding();
  if (what === "ended") await showSent(lesson.outbox);
}

// Another pupil may have sat down at this browser meanwhile: then this is not theirs to see.
function lookUp() {
  const tag = tagHere();
  if (lesson && tag && tag !== lesson.outbox.tag) home();
  else if (!document.hidden) tryNow();
}

async function moved() {
  const name = location.hash.slice(1);
  if (!lesson || lesson.isOver || !/^(p\d+|end|stop)$/.test(name)) return;
  await lesson.leavePage();
  lesson.open(name, "replace");
}

document.addEventListener("click", press);
document.addEventListener("submit", (event) => {
  if (event.target.matches(".paper form")) event.preventDefault();
});
document.addEventListener("input", () => lesson && lesson.drafted());
addEventListener("popstate", moved);
addEventListener("pageshow", lookUp);
addEventListener("online", lookUp);
addEventListener("focus", lookUp);
document.addEventListener("visibilitychange", lookUp);
addEventListener("beforeunload", (event) => {
  // Without a store, what waits would go with the tab.
  if (lesson && !lesson.outbox.keeps && !lesson.outbox.isEmpty) event.preventDefault();
});
onOtherTabs(otherTab);
main();
