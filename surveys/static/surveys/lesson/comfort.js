// The bar of every pupil's page: Help, Display and Hide. Works offline and asks the server
// nothing. `display` and `screen` are cookies of this browser's session.

const root = document.documentElement;
const cookie = (name) => (document.cookie.match(`(?:^|; )${name}=([^;]*)`) || [])[1] || "";

function keep(name, value, path, more = "") {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${name}=${value}; path=${path}; samesite=lax${secure}${more}`;
}

// --- Panels: Help and Display open below the bar and push the page down, never over it. ---

const openers = [...document.querySelectorAll("[data-opens]")];
const panelOf = (opener) => document.getElementById(opener.dataset.opens);

function show(opener, open) {
  panelOf(opener).classList.toggle("open", open);
  opener.setAttribute("aria-expanded", String(open));
}

function openOnly(opener) {
  openers.forEach((each) => show(each, each === opener));
  panelOf(opener).focus();
}

function close(opener) {
  show(opener, false);
  opener.focus();
}

const opened = () => openers.find((each) => panelOf(each).classList.contains("open"));

// A link that does what a button does says so, and answers to Space as well.
function asButton(link, action) {
  link.setAttribute("role", "button");
  link.addEventListener("click", (event) => {
    event.preventDefault();
    action();
  });
  link.addEventListener("keydown", (event) => {
    if (event.key !== " " || link.tagName !== "A") return;
    event.preventDefault();
    link.click();
  });
}

for (const opener of openers) {
  opener.setAttribute("aria-controls", opener.dataset.opens);
  show(opener, false);
  asButton(opener, () => (opener === opened() ? close(opener) : openOnly(opener)));
  asButton(panelOf(opener).querySelector("[data-closes]"), () => close(opener));
}

// --- Display: at once, and remembered until the browser is closed or the lesson is sent. ---

const display = document.querySelector("[data-display]");

function look(form) {
  const { theme, size } = Object.fromEntries(new FormData(form));
  root.className = root.className.replace(/theme-\w+ size-\d+/, `theme-${theme} size-${size}`);
  keep("display", `${theme}-${size}`, "/");
}

// Made when the panel first opens, showing what is chosen.
function makeDisplay() {
  const [, theme, size] = root.className.match(/theme-(\w+) size-(\d+)/);
  const form = document.importNode(display.content, true).querySelector("form");
  form.elements.theme.value = theme;
  form.elements.size.value = size;
  form.addEventListener("change", () => look(form));
  form.addEventListener("submit", (event) => event.preventDefault());
  display.replaceWith(form);
}

const displayOpener = openers.find((each) => each.dataset.opens === "display");
if (displayOpener) displayOpener.addEventListener("click", makeDisplay, { once: true });

// --- Hide: "open.<tag>.<hash>" or "hidden.<tag>.<hash>", given with the seat (seats.py). ---

const TWICE = 600; // milliseconds between two presses of Esc
const curtain = document.querySelector(".curtain");
const typed = curtain.querySelector("#return-code");
const wrong = curtain.querySelector("[data-wrong]");
const title = document.title;
let before = null;

const hidden = () => root.classList.contains("screen-hidden");
const seat = () => cookie("screen").split(".").slice(1);

function mark(word) {
  keep("screen", [word, ...seat()].join("."), "/lesson/");
}

function draw(isHidden) {
  root.classList.toggle("screen-hidden", isHidden);
  curtain.hidden = !isHidden;
  document.title = isHidden ? curtain.querySelector("h1").textContent : title;
  wrong.hidden = true;
  typed.value = "";
}

function hide() {
  if (hidden() || seat().length !== 2) return;
  mark("hidden");
  before = document.activeElement;
  draw(true);
  document.dispatchEvent(new CustomEvent("lesson:hidden"));
  typed.focus();
}

function comeBack() {
  mark("open");
  draw(false);
  const target = before && before.isConnected ? before : document.getElementById("main");
  target.focus();
}

async function isTheirs(text) {
  const [tag, back] = seat();
  const four = text.replace(/[\s-]/g, "").toUpperCase().slice(-4);
  const bytes = new TextEncoder().encode(`${tag} ${four}`);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("") === back;
}

curtain.querySelector("[data-return]").addEventListener("submit", async (event) => {
  event.preventDefault();
  if (await isTheirs(typed.value)) return comeBack();
  wrong.hidden = false;
  typed.select();
});

let escaped = -TWICE;
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.repeat) return;
  const twice = event.timeStamp - escaped < TWICE;
  escaped = event.timeStamp;
  if (twice) hide();
  else if (opened()) close(opened());
});

const hideButton = document.querySelector("[data-hide]");
// Without crypto.subtle (a page that is not secure) nothing could open it again but the code.
const canHide = () => seat().length === 2 && Boolean(window.crypto && crypto.subtle);
hideButton.hidden = !canHide();
hideButton.addEventListener("click", hide);
draw(cookie("screen").startsWith("hidden."));
if (hidden()) typed.focus();
// Another tab may have hidden or shown the screen meanwhile.
document.addEventListener("visibilitychange", () => {
  if (hidden() !== cookie("screen").startsWith("hidden.")) draw(!hidden());
});

// --- The end: the next person at this device finds the usual look. ---

document.addEventListener("lesson:state", (event) => {
  if (event.detail !== "sent") return;
  keep("display", "", "/", "; max-age=0");
  keep("screen", "", "/lesson/", "; max-age=0");
  hideButton.hidden = true;
});
