// One seat's answers in this tab: what has been answered, and what the server does not have yet.
//
// The device's store, where there is one, comes first and is shared by all tabs; without it the
// same is kept in memory alone. Numbers (`seq`) only grow; no clock decides anything. What lies
// on a device that stopped keeping is older than what is in memory: its lower number says so.

import { merged } from "./store.js";

// A step by chance: two devices with one code never choose the same number for two answers.
const STEP = 2 ** 20;
export const ABOUT = "about"; // how it was answered, sent beside the answers
const PAGES = 0; // the two lines in which the device keeps things
const SEAT = 1;
const TRIES = 3; // of reading what lies on the device; the sender tries again later

export class Outbox {
  // `seat` is what is known of the seat (see seat.js).
  constructor(disk, tag, seat) {
    const idle = Promise.resolve();
    Object.assign(this, { disk, tag, seat, rows: new Map(), changes: {}, lines: [idle, idle] });
    this.keeps = Boolean(disk); // false when the device failed to keep something
    this.unread = Boolean(disk); // something may lie on the device that is not known here
  }

  static async open(disk, tag, seat) {
    const outbox = new Outbox(disk, tag, seat);
    for (let n = 0; n < TRIES && outbox.unread; n += 1) await outbox.reread();
    return outbox;
  }

  // All answers by item key, for finding the way.
  get answers() {
    const pages = [...this.rows].filter(([page]) => page !== ABOUT);
    return Object.assign({}, ...pages.map(([, row]) => row.answers));
  }

  get reached() {
    return [...this.rows.keys()];
  }

  get waiting() {
    return [...this.rows]
      .filter(([, row]) => row.waiting)
      .map(([page, { seq, answers }]) => ({ page, seq, answers }));
  }

  get isEmpty() {
    return !this.unread && !this.seat.end && !this.waiting.length;
  }

  // The server has everything that the pupil has answered.
  get isSaved() {
    return this.isEmpty && ![...this.rows.values()].some((row) => row.refused);
  }

  // Keeps answers until they are sent: { page: answers, ... }. They are safe on this device,
  // where it keeps anything, when the promise is fulfilled.
  async keep(answers) {
    const highest = Math.max(0, ...[...this.rows.values()].map((row) => row.seq));
    const first = highest + 1 + Math.floor(Math.random() * STEP);
    const entries = Object.entries(answers).map(([page, given], n) => ({
      page,
      seq: first + n,
      answers: given,
    }));
    const seqs = await this.write((disk) => disk.put(this.tag, entries));
    entries.forEach(({ page, seq, answers: given }, n) => {
      this.rows.set(page, { seq: seqs ? seqs[n] : seq, answers: given, waiting: true });
    });
  }

  // What the server says it holds: { page: { seq, answers } }. Tells the pages that were not
  // known here, or older.
  async learn(pages) {
    const entries = Object.entries(pages).map(([page, held]) => ({ page, ...held }));
    await this.write((disk) => disk.learn(this.tag, entries));
    const news = entries.filter(({ page, seq }) => !(this.rows.get(page)?.seq >= seq));
    for (const { page, seq, answers } of news) {
      this.rows.set(page, { seq, answers, waiting: false });
    }
    return news.map(({ page }) => page);
  }

  // The server has committed these, or will never take them (`refused`): they need not be sent
  // any more.
  async settle(entries, refused = false) {
    await this.write((disk) => disk.settle(this.tag, entries, refused));
    for (const { page, seq } of entries) {
      const row = this.rows.get(page);
      if (row && row.seq === seq) Object.assign(row, { waiting: false, refused });
    }
  }

  // Another tab may have written meanwhile; or reading failed, and may be tried again.
  async reread() {
    const rows = await this.read((disk) => disk.pages(this.tag));
    this.unread = this.keeps && !rows;
    for (const { page, ...row } of rows || []) {
      const known = this.rows.get(page);
      if (!known || known.seq < row.seq || (known.seq === row.seq && this.keeps)) {
        this.rows.set(page, row);
      }
    }
  }

  // Another tab may have ended the lesson.
  async rereadSeat() {
    const seat = await this.read((disk) => disk.seat(this.tag));
    if (seat) this.seat = merged(seat, this.seat);
  }

  async keepSeat(changes) {
    this.seat = merged(this.seat, changes);
    Object.assign(this.changes, changes);
    const seat = await this.write((disk) => this.seatTo(disk), SEAT);
    if (seat && seat.end) this.seat.end = seat.end;
  }

  // Whatever has changed since the last time, in one go.
  async seatTo(disk) {
    const { changes } = this;
    this.changes = {};
    return Object.keys(changes).length ? disk.keepSeat(this.tag, changes) : null;
  }

  // Nothing is left of the seat, and nothing that comes late is kept.
  async wipe() {
    await this.lines[SEAT];
    await this.read((disk) => disk.wipe(this.tag));
    this.disk = null;
    this.keeps = false;
    this.unread = false;
    this.rows.clear();
  }

  // What cannot be read now is there still: null, and nothing is touched.
  read(work) {
    return this.inOrder(PAGES, () => this.disk && work(this.disk).catch(() => null));
  }

  // A device that stops keeping things must not stop the lesson: from then on, memory alone.
  write(work, line = PAGES) {
    return this.inOrder(line, async () => {
      if (!this.keeps) return null;
      try {
        return await work(this.disk);
      } catch {
        this.keeps = false;
        this.unread = false;
        return null;
      }
    });
  }

  // One thing after the other; a page that was turned does not wait for what is half filled in.
  // The marks tell whoever measures when everything lies on the device.
  inOrder(line, work) {
    performance.mark("lesson-keeping");
    this.lines[line] = this.lines[line].then(work);
    this.lines[line].then(() => performance.mark("lesson-kept"));
    return this.lines[line];
  }
}
