{# Keeps the lesson at hand where the network is not: the pupil's area only (scope /lesson/). #}
{# First from what is kept: the document and everything it is made of. From the network alone: #}
{# saves and state, which nobody keeps. From the network, and without one the document in its #}
{# place: every other page. #}
{# A document is kept last: whoever finds it finds all it needs. A new version keeps what an old #}
{# one holds until then. #}
"use strict";

{% autoescape off %}const VERSION = "{{ version }}";
const SHELL = {{ shell }};{% endautoescape %}
const HOME = "/lesson/";
const ALL = "/lesson/all/";
const SOUND = "/lesson/sound/";
const SYMBOLS = /href="([^"#]+\.svg)#/;
const MOST = 2; // documents
let keeping = Promise.resolve(); // one document after the other
const PATIENCE = 8000; // milliseconds until a page counts as out of reach
const LONG = 60000; // and a file that is to be kept, which nobody waits for

async function inTime(milliseconds, work) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), milliseconds);
  try {
    return await work(stop.signal);
  } finally {
    clearTimeout(timer);
  }
}

{# What is missing is fetched; what the browser has already is not asked for again. #}
async function keepAll(kept, addresses) {
  const fetched = (each) => inTime(LONG, (signal) => kept.add(new Request(each, { signal })));
  const add = async (each) => (await kept.match(each)) || fetched(each);
  await Promise.all(addresses.map(add));
}

{# The document now in use, and the one before it: in another language, for another pupil. #}
async function keepDocument(address) {
  const kept = await caches.open(VERSION);
  await keepAll(kept, SHELL);
  const found = (await kept.match(address)) || (await inTime(LONG, (signal) => fetch(address, { signal })));
  if (!found.ok) return;
  const [, symbols] = (await found.clone().text()).match(SYMBOLS) || [];
  if (symbols) await keepAll(kept, [symbols]);
  await kept.put(address, found);
  const documents = (await kept.keys()).filter(({ url }) => url.includes(ALL));
  for (const old of documents.slice(0, -MOST)) await kept.delete(old);
  for (const name of await caches.keys()) if (name !== VERSION) await caches.delete(name);
}

{# What is fetched meanwhile is kept where a name says where. #}
async function fromKept(request, name) {
  const found = await caches.match(request);
  if (found) return found;
  const answer = await fetch(request);
  if (name && answer.ok) await (await caches.open(name)).put(request, answer.clone());
  return answer;
}

{# The newest there is, kept for a time without a network. #}
async function freshOrKept(request) {
  const kept = await caches.open(VERSION);
  try {
    const answer = await fetch(request);
    if (answer.ok) await kept.put(request, answer.clone());
    return answer;
  } catch {
    return (await kept.match(request)) || Response.error();
  }
}

async function anyDocument() {
  for (const name of await caches.keys()) {
    const kept = await caches.open(name);
    const found = (await kept.keys()).filter(({ url }) => url.includes(ALL)).pop();
    if (found) return kept.match(found);
  }
  return Response.error();
}

async function fromNetwork(request) {
  try {
    return await inTime(PATIENCE, (signal) => fetch(request, { signal }));
  } catch {
    return anyDocument();
  }
}

self.addEventListener("install", (event) => {
{# What cannot be fetched now is fetched before a document is kept. #}
  const shell = caches.open(VERSION).then((kept) => keepAll(kept, SHELL));
  event.waitUntil(shell.catch(() => {}).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
{# Whoever asks may have been loaded in the moment in which the worker became active, and missed. #}
self.addEventListener("message", (event) => {
  const { keep } = event.data;
  keeping = keeping.then(() => keep.startsWith(ALL) && keepDocument(keep)).catch(() => {});
  event.waitUntil(keeping.then(() => self.clients.claim()).catch(() => {}));
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (pathname.startsWith(SOUND)) {
    const list = pathname.split("/").length === 5; // of the recordings there are
    event.respondWith(list ? freshOrKept(request) : fromKept(request, VERSION));
  } else if (pathname.startsWith(ALL) || !pathname.startsWith(HOME)) {
    event.respondWith(fromKept(request));
  } else if (request.mode === "navigate") event.respondWith(fromNetwork(request));
});
