// Reads a question or a page aloud: a recording where there is one, else a voice that lives on
// this device. Never a voice from a network: the words go nowhere. Where there is neither, no
// button is shown.

const shelf = document.getElementById("aloud-words").dataset; // words of the buttons; `sounds`
const language = document.documentElement.lang.toLowerCase();

// --- Recordings: the address in `sounds` lists the places that have one (views/sound.py). ---

const Sounds = window.AudioContext || window.webkitAudioContext;
let places = new Set();
let system = null;

async function fetched(address) {
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer;
}

async function findRecordings() {
  const answer = await fetched(shelf.sounds);
  places = new Set((await answer.json()).places);
}

async function play(place, task) {
  system = system || new Sounds();
  const bytes = await (await fetched(`${shelf.sounds}${place}/`)).arrayBuffer();
  const buffer = await new Promise((good, bad) => system.decodeAudioData(bytes, good, bad));
  if (task.over) return;
  await system.resume();
  const source = system.createBufferSource();
  source.buffer = buffer;
  source.connect(system.destination);
  task.silence = () => source.stop();
  await new Promise((done) => {
    source.onended = done;
    source.start();
  });
}

// --- Voices of this device, in the language of the page. ---

const speech = window.speechSynthesis;

function voice() {
  const own = (speech ? speech.getVoices() : []).filter((each) => each.localService);
  const tongue = (each) => each.lang.toLowerCase().replace("_", "-");
  const family = (code) => code.split("-")[0];
  return (
    own.find((each) => tongue(each) === language) ||
    own.find((each) => family(tongue(each)) === family(language))
  );
}

function speak(text, task) {
  return new Promise((done, failed) => {
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.voice = voice();
    utterance.lang = utterance.voice.lang;
    utterance.rate = 0.9;
    utterance.onend = done;
    utterance.onerror = () => (task.over ? done() : failed(new Error("the voice failed")));
    task.silence = () => speech.cancel();
    speech.speak(utterance);
  });
}

// --- What there is to read. A step is {elements, text} for a voice or {elements, place}. ---

function textOf(element) {
  const copy = element.cloneNode(true);
  copy.querySelectorAll(".reader, [aria-hidden=true]").forEach((each) => each.remove());
  return copy.textContent.replace(/\s+/g, " ").trim();
}

function steps(elements, place, item) {
  if (places.has(place)) return [{ elements, place, item }];
  if (!voice()) return [];
  return elements.map((each) => ({ elements: [each], text: textOf(each), item }));
}

const shown = (element) => element.getClientRects().length > 0;
const questionsOf = (area) => [...area.querySelectorAll(".question[id]")];

function questionSteps(area, question) {
  const place = `${area.dataset.page}-${questionsOf(area).indexOf(question) + 1}`;
  const parts = [...question.querySelectorAll("legend, .hint, .problem, label")];
  const whole = parts.filter((each) => !each.parentElement.closest("legend, label"));
  return steps(places.has(place) ? [question] : whole, place, question.id);
}

// What stands on the page and is no question's: headings, words, the choice when stopping.
const APART = ".question[id], .page-turn, .page-turn + .hint, .reader, .languages, .draft-note";

function pageSteps(area) {
  const parts = [...area.querySelectorAll("h1, h2, h3, p, li, legend, label")];
  const own = parts.filter((each) => !each.closest(`${APART}, [data-entered]`));
  return [
    ...steps(own.filter((each) => shown(each) && textOf(each)), `${area.dataset.page}-0`),
    ...questionsOf(area).filter(shown).flatMap((each) => questionSteps(area, each)),
  ];
}

// --- A reader is a group of two buttons: read, wait or read on; and stop. One reads at a time. ---

let reading = null;

class Reader {
  constructor(label, about, findSteps) {
    Object.assign(this, { label, about, findSteps, at: 0, waiting: false, told: new Set() });
    this.group = document.createElement("div");
    this.group.className = "reader";
    this.main = this.button(() => (reading === this ? this.wait() : this.read()));
    this.end = this.button(() => this.stop(this.main));
    this.end.dataset.does = "stop";
    this.end.textContent = shelf.stop;
    this.draw();
  }

  button(action) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button-link";
    made.addEventListener("click", action);
    this.group.append(made);
    return made;
  }

  draw() {
    const does = reading === this ? "pause" : this.waiting ? "on" : "read";
    const text = { pause: shelf.pause, on: shelf.on, read: this.label }[does];
    this.main.dataset.does = does;
    this.main.textContent = text;
    if (this.about) this.main.setAttribute("aria-label", `${text}: ${this.about}`);
    this.end.hidden = does === "read";
  }

  async read() {
    if (reading) reading.stop();
    reading = this;
    this.waiting = false;
    this.task = { over: false, silence: () => {} };
    this.draw();
    await this.readOn(this.task, this.findSteps());
  }

  async readOn(task, found) {
    try {
      for (; this.at < found.length && !task.over; this.at += task.over ? 0 : 1) {
        await this.say(found[this.at], task);
      }
    } catch (error) {
      console.warn("Reading aloud ended early.", error);
    }
    if (!task.over) this.stop();
  }

  async say(step, task) {
    this.tell(step.item);
    light(step, true);
    try {
      await (step.place ? play(step.place, task) : speak(step.text, task));
    } finally {
      light(step, false);
    }
  }

  // What was read aloud is counted beside the answers: it may matter for what they mean.
  tell(item) {
    if (!item || this.told.has(item)) return;
    this.told.add(item);
    const detail = { name: "aloud", value: item };
    document.dispatchEvent(new CustomEvent("lesson:sign", { detail }));
  }

  silence() {
    if (reading !== this) return;
    reading = null;
    this.task.over = true;
    this.task.silence();
  }

  wait() {
    this.silence();
    this.waiting = true;
    this.draw();
  }

  stop(focus) {
    this.silence();
    this.waiting = false;
    this.at = 0;
    this.draw();
    if (focus) focus.focus();
  }
}

function light(step, on) {
  step.elements.forEach((each) => each.classList.toggle("being-read", on));
}

// --- Buttons for the page that is shown. ---

let area = document.querySelector("[data-page]") ? null : document.getElementById("main");

function add(reader, before) {
  if (reader.findSteps().length) before.after(reader.group);
}

function furnish() {
  if (reading) reading.stop();
  if (!area) return;
  area.querySelectorAll(".reader").forEach((each) => each.remove());
  const heading = area.querySelector("h1");
  const page = area;
  if (heading) add(new Reader(shelf.whole, "", () => pageSteps(page)), heading);
  for (const question of questionsOf(area)) {
    const title = question.querySelector("legend, label");
    add(new Reader(shelf.question, textOf(title), () => questionSteps(page, question)), title);
  }
}

document.addEventListener("lesson:shown", (event) => {
  area = event.detail.section;
  furnish();
});
const hush = () => reading && reading.stop();
document.addEventListener("lesson:hidden", hush);
window.addEventListener("pagehide", hush);
if (speech) speech.addEventListener("voiceschanged", furnish);
// Offline the voices of the device still read.
if (shelf.sounds && Sounds) findRecordings().then(furnish, () => {});
furnish();
