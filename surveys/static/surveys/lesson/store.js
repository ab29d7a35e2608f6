// What this device keeps of a lesson until it is sent: IndexedDB, sealed.
//
// Each seat has an AES-GCM key of its own that no script can export; answers and everything
// known of the seat lie sealed under it, and go with it when the seat is wiped. Seats are named
// by their tag. Any method may reject (a full disk, a browser that keeps nothing, a device that
// does not answer in time): callers go on in memory alone.

const NAME = "lesson";
const SEALED = "AES-GCM";
const PATIENCE = 5000; // milliseconds until a device counts as one that does not answer

function inTime(promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("no answer in time")), PATIENCE);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

const result = (request) =>
  inTime(
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    }),
  );

const committed = (change) =>
  inTime(
    new Promise((resolve, reject) => {
      change.oncomplete = () => resolve();
      change.onabort = () => reject(change.error);
    }),
  );

const newKey = () =>
  crypto.subtle.generateKey({ name: SEALED, length: 256 }, false, ["encrypt", "decrypt"]);

const ofSeat = (tag) => IDBKeyRange.bound([tag], [tag, []]);

// The device's store, or null where the browser keeps nothing or cannot seal it.
export async function openDisk() {
  try {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("keys");
      request.result.createObjectStore("seats");
      request.result.createObjectStore("pages");
    };
    const disk = new Disk(await result(request));
    await disk.trial();
    return disk;
  } catch {
    return null;
  }
}

export class Disk {
  constructor(database) {
    this.database = database;
    this.keys = new Map();
  }

  // Some browsers open a store and then refuse to keep a key in it.
  async trial() {
    const key = await newKey();
    await this.change(["keys"], (keys) => {
      keys.put(key, "trial");
      keys.delete("trial");
    });
  }

  tags() {
    return result(this.read("seats").getAllKeys());
  }

  async seat(tag) {
    const sealed = await result(this.read("seats").get(tag));
    return sealed ? this.open(tag, "", sealed) : null;
  }

  // Changes what is known of a seat, and tells all of it. Another tab may do the same meanwhile:
  // sealing takes longer than a transaction lives, so whoever comes second begins again.
  async keepSeat(tag, changes) {
    for (;;) {
      const before = await result(this.read("seats").get(tag));
      const seat = merged(before && (await this.open(tag, "", before)), changes);
      const sealed = await this.seal(tag, "", seat);
      let kept = false;
      await this.change(["seats"], async (seats) => {
        const now = await result(seats.get(tag));
        kept = String(now && now.iv) === String(before && before.iv);
        if (kept) seats.put(sealed, tag);
      });
      if (kept) return seat;
    }
  }

  // [{ page, seq, waiting, refused, answers }]; without those that nothing opens any more.
  async pages(tag) {
    const rows = await result(this.read("pages").getAll(ofSeat(tag)));
    const opened = rows.map(async ({ sealed, ...row }) => {
      const answers = await this.open(tag, row.page, sealed);
      return { ...row, answers };
    });
    return (await Promise.all(opened)).filter(({ answers }) => answers);
  }

  // Keeps answers to be sent: [{ page, seq, answers }] -> the numbers given, page by page. Two
  // tabs share the store: a number is above every one that either of them has used.
  async put(tag, entries) {
    const sealed = await Promise.all(entries.map((e) => this.seal(tag, e.page, e.answers)));
    const seqs = [];
    await this.change(["pages"], async (pages) => {
      const rows = await result(pages.getAll(ofSeat(tag)));
      let highest = Math.max(0, ...rows.map((row) => row.seq));
      entries.forEach(({ page, seq }, n) => {
        highest = Math.max(highest + 1, seq);
        seqs.push(highest);
        pages.put({ page, seq: highest, waiting: true, sealed: sealed[n] }, [tag, page]);
      });
    }, "strict");
    return seqs;
  }

  // Keeps what the server holds already, where it is newer than what is here.
  async learn(tag, entries) {
    const sealed = await Promise.all(entries.map((e) => this.seal(tag, e.page, e.answers)));
    await this.change(["pages"], async (pages) => {
      const known = await Promise.all(entries.map((e) => result(pages.get([tag, e.page]))));
      entries.forEach(({ page, seq }, n) => {
        if (known[n] && known[n].seq >= seq) return;
        pages.put({ page, seq, waiting: false, sealed: sealed[n] }, [tag, page]);
      });
    });
  }

  // [{ page, seq }] need not be sent any more, unless they were answered again meanwhile.
  // `refused`: because the server does not take them.
  async settle(tag, entries, refused) {
    await this.change(["pages"], async (pages) => {
      const known = await Promise.all(entries.map((e) => result(pages.get([tag, e.page]))));
      entries.forEach(({ page, seq }, n) => {
        const row = known[n];
        if (row && row.seq === seq) pages.put({ ...row, waiting: false, refused }, [tag, page]);
      });
    });
  }

  // Nothing of this seat is left, and nothing could open it if it were.
  async wipe(tag) {
    this.keys.delete(tag);
    await this.change(["keys", "seats", "pages"], (keys, seats, pages) => {
      keys.delete(tag);
      seats.delete(tag);
      pages.delete(ofSeat(tag));
    });
  }

  read(name) {
    return this.database.transaction(name).objectStore(name);
  }

  // `durability`: answers must survive a battery that dies, the rest may be a moment behind.
  async change(names, make, durability = "relaxed") {
    const change = this.database.transaction(names, "readwrite", { durability });
    const end = committed(change);
    // What goes wrong inside is told by the transaction's own end.
    const made = (async () => make(...names.map((name) => change.objectStore(name))))();
    made.catch(() => abort(change));
    // What was given up must not come about later.
    await end.catch((error) => {
      abort(change);
      throw error;
    });
  }

  async key(tag) {
    if (!this.keys.has(tag)) {
      const fresh = await newKey();
      let kept;
      await this.change(["keys"], async (keys) => {
        kept = await result(keys.get(tag));
        if (!kept) keys.put(fresh, tag);
      });
      this.keys.set(tag, kept || fresh);
    }
    return this.keys.get(tag);
  }

  async seal(tag, place, value) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(value));
    const how = { name: SEALED, iv, additionalData: bound(tag, place) };
    return { iv, data: await crypto.subtle.encrypt(how, await this.key(tag), plain) };
  }

  // Null for what this seat's key does not open, and so nothing ever will.
  async open(tag, place, { iv, data }) {
    const key = await this.key(tag);
    const how = { name: SEALED, iv, additionalData: bound(tag, place) };
    const plain = await crypto.subtle.decrypt(how, key, data).catch(() => null);
    return plain && JSON.parse(new TextDecoder().decode(plain));
  }
}

function abort(change) {
  try {
    change.abort();
  } catch {
    // It has ended already.
  }
}

// An end is never taken back.
export function merged(seat, changes) {
  const { end } = seat || {};
  return { ...seat, ...changes, ...(end && { end }) };
}

// Lets the worker keep what the lesson needs without a network. May be asked again at any time:
// what could not be fetched is fetched then.
export async function keepForOffline(address) {
  if (!("serviceWorker" in navigator)) return;
  const scope = "/lesson/";
  const worker = await navigator.serviceWorker.register("/lesson/worker.js", { scope });
  (worker.installing || worker.waiting || worker.active).postMessage({ keep: address });
}

// What was sealed for one page of one seat opens in no other place.
const bound = (tag, place) => new TextEncoder().encode(`${tag} ${place}`);
