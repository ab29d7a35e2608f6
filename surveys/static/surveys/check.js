// Tries every kind of thing a lesson needs, and says what came of it in plain words.

const places = JSON.parse(document.getElementById("places").textContent);
const one = (name, within = document) => within.querySelector(`[data-${name}]`);
const PATIENCE = 15000; // milliseconds before a probe counts as failed
const SAVES = 5;
const SLOW = 1500; // milliseconds a save

const OK = "Works";
const NOTE = "Not here";
const BAD = "Does not work";
const LOOKS = { [OK]: "govuk-tag--green", [NOTE]: "govuk-tag--grey", [BAD]: "govuk-tag--red" };

class Trouble extends Error {}

async function fetched(place, type, options = {}) {
  let answer;
  try {
    answer = await fetch(place, { cache: "no-store", ...options });
  } catch {
    throw new Trouble("No answer came: it was stopped on the way.");
  }
  if (!answer.ok) throw new Trouble(`It was refused (${answer.status}).`);
  if (!(answer.headers.get("content-type") ?? "").includes(type)) {
    throw new Trouble("Something else came in its place. A filter may have put its own page there.");
  }
  return answer;
}

async function text(place, type, mark) {
  const words = await (await fetched(place, type)).text();
  if (words.includes(mark)) return "It came whole.";
  throw new Trouble("It came, but changed or cut short. A filter may have put its own page there.");
}

async function saveOnce(seq) {
  const page = { page: "p01", seq, answers: { sample: 1 } };
  const answer = await fetched(places.save, "json", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Seat": "000000000000" },
    body: JSON.stringify({ pages: [page] }),
  });
  const said = await answer.json();
  if (said.saved?.[0]?.seq !== seq) throw new Trouble("What was sent did not arrive as it was.");
  return said;
}

async function save() {
  const times = [];
  for (let seq = 1; seq <= SAVES; seq += 1) {
    const from = performance.now();
    await saveOnce(seq);
    times.push(performance.now() - from);
  }
  const usual = Math.round(times.sort((a, b) => a - b)[Math.floor(SAVES / 2)]);
  const seconds = (usual / 1000).toFixed(2);
  if (usual < SLOW) return `It takes ${seconds} seconds.`;
  return ["Slow", `It takes ${seconds} seconds. Lessons still work: nobody has to wait for it.`];
}

async function cookie() {
  await saveOnce(1);
  if ((await saveOnce(2)).cookie) return "It is kept.";
  throw new Trouble("It is not kept. Pupils would be asked for their code again and again.");
}

function sound() {
  return new Promise((done, fail) => {
    const audio = new Audio();
    audio.onloadeddata = () => done("It can be played.");
    audio.onerror = () => fail(new Trouble("It cannot be played: stopped on the way, or changed."));
    audio.preload = "auto";
    audio.src = places.sound;
  });
}

async function secure() {
  if (!window.isSecureContext || !window.crypto?.subtle) {
    throw new Trouble("This page was not opened by a secure address.");
  }
  return "The address is secure.";
}

// The browser's own way of asking: a request that becomes a promise.
function asked(request) {
  return new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(new Trouble("The browser did not allow it."));
  });
}

async function storage() {
  if (!window.indexedDB) throw new Trouble("The browser has none.");
  const opening = indexedDB.open("check", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("box");
  const box = await asked(opening);
  try {
    // A key that cannot be taken out again, as a lesson keeps one.
    const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    await asked(box.transaction("box", "readwrite").objectStore("box").put(key, "key"));
    const kept = await asked(box.transaction("box").objectStore("box").get("key"));
    const iv = new Uint8Array(12);
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new Uint8Array([7]));
    const [opened] = new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, kept, sealed));
    if (opened !== 7) throw new Trouble("What was kept came back changed.");
  } finally {
    box.close();
    await asked(indexedDB.deleteDatabase("check"));
  }
  return "Answers can wait here, sealed.";
}

async function worker() {
  if (!navigator.serviceWorker) throw new Trouble("The browser has none, or it is not allowed.");
  await fetched(places.own_worker, "javascript");
  try {
    // In a corner of its own: a lesson's worker on this device is left alone.
    const scope = places.worker.replace(/[^/]*$/, "check/");
    await (await navigator.serviceWorker.register(places.worker, { scope })).unregister();
  } catch {
    throw new Trouble("The browser did not allow it, or its file was stopped on the way.");
  }
  return "It is allowed.";
}

async function voice() {
  const speech = window.speechSynthesis;
  const local = () => (speech?.getVoices() ?? []).filter((each) => each.localService);
  for (let tries = 0; tries < 10 && !local().length; tries += 1) {
    await new Promise((done) => setTimeout(done, 50));
  }
  if (!local().length) return [NOTE, "There is none. Lessons work without it."];
  const languages = [...new Set(local().map((each) => each.lang))].sort();
  return `For ${languages.slice(0, 6).join(", ")}${languages.length > 6 ? " and more" : ""}.`;
}

const probes = {
  document: () => text(places.document, "text/html", places.mark),
  entrance: () => text(places.entrance, "text/html", 'name="code"'),
  style: () => text(places.style, "text/css", ".pupil-bar"),
  script: async () => {
    await fetched(places.script, "javascript");
    return "It came.";
  },
  save,
  cookie,
  sound,
  secure,
  storage,
  worker,
  voice,
};

function patiently(promise) {
  const late = new Promise((_, fail) => {
    setTimeout(() => fail(new Trouble("No answer came in time.")), PATIENCE);
  });
  return Promise.race([promise, late]);
}

async function outcome(probe) {
  try {
    const said = await patiently(probe());
    return Array.isArray(said) ? said : [OK, said];
  } catch (error) {
    const words = error instanceof Trouble ? error.message : "The browser did not allow it.";
    return [BAD, words];
  }
}

function show(card, [result, said]) {
  one("result", card).textContent = result;
  one("result", card).className = `govuk-tag ${LOOKS[result]}`;
  one("said", card).textContent = said;
  one("remedy", card).hidden = result === OK;
}

function tell(lines, bad) {
  const things = bad === 1 ? "One thing does" : `${bad} things do`;
  one("verdict").textContent = bad
    ? `${things} not work here. What to do stands beside it.`
    : "Everything that a lesson needs works here.";
  one("banner").classList.toggle("trouble", bad > 0);
  one("report").value = [location.host, navigator.userAgent, ...lines].join("\n");
}

async function run() {
  one("again").disabled = true;
  one("verdict").textContent = "Checking…";
  const lines = [];
  let bad = 0;
  // One after another: a slow network is not made slower by us.
  for (const card of document.querySelectorAll("[data-probe]")) {
    const found = await outcome(probes[card.dataset.probe]);
    show(card, found);
    bad += found[0] === BAD;
    lines.push(`${card.querySelector("h2").textContent}: ${found.join(". ")}`);
  }
  tell(lines, bad);
  one("again").disabled = false;
}

one("not-run").hidden = true;
one("run").hidden = false;
one("again").addEventListener("click", run);
run();
