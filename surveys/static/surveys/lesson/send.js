// Sends what waits, one request at a time, until the server has committed it.

const MOST = 20; // pages in one request
const PATIENCE = 20000; // milliseconds until a request counts as lost
const LONGEST = 30000; // milliseconds between two tries
const LONGEST_ASKED = 120000; // where the server asks for a longer wait

const atOnce = (work) => work();

// One request at a time for all who stand in it.
export function newLine() {
  let line = Promise.resolve();
  return (work) => {
    line = line.then(work);
    return line;
  };
}

// Milliseconds. In place of seconds a header may hold a date, which a wrong clock misreads.
function waitAsked(header) {
  const seconds = Number(header);
  return seconds > 0 ? Math.min(1000 * seconds, LONGEST_ASKED) : 0;
}

// What the server says as { word, body, after }. Words: ok, unknown, closed, finished, invalid;
// "later" for everything else, also for a filter that answers in the server's place.
export async function ask(address, options = {}) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const response = await fetch(address, {
      cache: "no-store",
      redirect: "error",
      ...options,
      signal: stop.signal,
    });
    const after = waitAsked(response.headers.get("Retry-After"));
    const body = await response.json();
    return { word: wordOf(response.status, body), body, after };
  } catch {
    return { word: "later", body: {}, after: 0 };
  } finally {
    clearTimeout(timer);
  }
}

const REFUSALS = {
  400: ["invalid"],
  403: ["unknown"],
  409: ["closed", "finished"],
  413: ["too_large"],
};

function wordOf(status, body) {
  if (status === 200 && body && (body.saved || body.seat)) return "ok";
  const known = (REFUSALS[status] || []).includes(body && body.error);
  return known ? body.error.replace("too_large", "invalid") : "later";
}

// The state of a seat; of the one in use when no tag is given.
export const askState = (tag) =>
  ask("/lesson/state/", { headers: tag ? { "X-Seat": tag } : {} });

const post = (tag, body) =>
  ask("/lesson/save/", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Seat": tag },
    body: JSON.stringify(body),
  });

// A wait before the next try: doubling, never the same for two pupils of a class.
export function pauseBefore(failures, after = 0) {
  const longest = Math.min(LONGEST, 1000 * 2 ** Math.min(failures - 1, 10));
  return Math.max(after, longest * (0.5 + Math.random() / 2));
}

// `tell(word, body)` hears: sending, saved (nothing waits any more), waiting, ended, and when
// there is no use in going on: unknown, closed, finished. `inLine` lets senders take turns.
export class Sender {
  constructor(outbox, tell, inLine = atOnce) {
    Object.assign(this, { outbox, tell, inLine, failures: 0, most: MOST, over: false, timer: 0 });
    Object.assign(this, { running: null, again: false });
  }

  // Something new is about to wait: what is there now is not everything any more.
  hold() {
    this.tell("sending", {});
  }

  // Sends now what waits. Harmless at any time, any number of times: while a try is under way,
  // such as one that began before the network came back, it asks for another one after it.
  kick() {
    clearTimeout(this.timer);
    this.again = Boolean(this.running);
    if (!this.running && !this.over) {
      this.running = this.run().finally(() => {
        this.running = null;
        const go = this.again || !this.failures;
        if (!this.over && !this.outbox.isEmpty && go) this.kick();
      });
    }
    return this.running;
  }

  async run() {
    if (this.outbox.unread) await this.outbox.reread();
    while (!this.over && !this.outbox.isEmpty) {
      this.tell("sending", {});
      const sent = this.batch();
      if (!sent.pages.length && !sent.end) return this.later(sent, {}, 0); // not read yet
      const { word, body, after } = await this.inLine(() => post(this.outbox.tag, sent));
      if (word !== "later") this.failures = 0;
      await this[word](sent, body, after);
      if (this.failures) return null;
    }
    this.most = MOST;
    if (this.outbox.isEmpty) this.tell("saved", {});
    return null;
  }

  batch() {
    const all = this.outbox.waiting;
    const pages = all.slice(0, this.most);
    const { seat, unread } = this.outbox;
    const isLast = seat.end && !unread && pages.length === all.length;
    return isLast ? { pages, end: seat.end } : { pages };
  }

  async ok(sent, body) {
    await this.outbox.settle(body.saved);
    if (body.ended) this.finish("ended", body);
    else this.tell("lesson", body);
  }

  async later(sent, body, after) {
    this.failures += 1;
    this.tell("waiting", {});
    this.timer = setTimeout(() => this.kick(), pauseBefore(this.failures, after));
  }

  // The server takes all pages of a request or none: find the one it cannot take, go on without.
  // Only where it says what is wrong with that page: something on the way may have spoilt it.
  async invalid(sent, body, after) {
    const named = body.problems && body.problems.length;
    if (sent.pages.length > 1) this.most = 1;
    else if (sent.pages.length && named) await this.outbox.settle(sent.pages, true);
    else await this.later(sent, body, after);
  }

  async finished(sent, body) {
    // The end was committed and its answer was lost on the way; or another device has ended it.
    this.finish(this.outbox.seat.end ? "ended" : "finished", body);
  }

  async closed(sent, body) {
    this.finish("closed", body);
  }

  async unknown(sent, body) {
    this.finish("unknown", body);
  }

  finish(word, body) {
    this.over = true;
    this.tell(word, body);
  }
}
