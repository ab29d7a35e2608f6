// One pupil's lesson under way: turning pages, keeping what is answered, ending.

import { fillForm, formValues, parseAnswers, readForm } from "./answers.js";
import { clearNotes, dataOf, nudge, sectionOf, show, showOnly, showProblems } from "./paper.js";
import { nextPage, position, previousPage, rotated, unreached, visibleItems } from "./routes.js";
import { tellOtherTabs } from "./seat.js";
import { ABOUT } from "./outbox.js";
import { Signs } from "./signs.js";

const END = "end";
const STOP = "stop";
const EVERY = 5; // saves between two that carry the signs

export class Lesson {
  constructor(outbox, sender) {
    const { seat } = outbox;
    Object.assign(this, { outbox, sender, year: seat.year_group, saves: 0, nudged: new Set() });
    this.routes = rotated(dataOf("routes"), seat.rotation);
    this.signs = new Signs(seat.signs);
    this.name = null; // of the section shown: a page's key, "end", "stop"
    this.paused = false;
    this.touched = false; // the pupil has changed something on the page shown
  }

  get way() {
    return [this.routes, this.outbox.answers, this.year];
  }

  // The section that an address names, if the pupil has come so far; or the first page not
  // reached, or the end.
  open(name, history = "push") {
    const left = unreached(...this.way, this.outbox.reached);
    const reached = this.outbox.reached.includes(name) && this.items(name).length;
    const fits = name === STOP || reached || (name === END && !left);
    this.name = fits ? name : left || END;
    if (history) window.history[`${history}State`](null, "", `#${this.name}`);
    if (this.paused) return;
    if (this.name === END || this.name === STOP) this.showPlain();
    else this.showPage();
  }

  items(name) {
    return name ? visibleItems(this.routes, name, this.outbox.answers, this.year) : [];
  }

  showPlain() {
    this.signs.show(null);
    clearNotes(show(this.name));
  }

  showPage() {
    const key = this.name;
    const [part, parts] = position(this.routes, key, this.outbox.answers, this.year);
    const section = show(key, { items: this.items(key), part, parts });
    clearNotes(section);
    fillForm(section.querySelector("form"), this.givenOn(key));
    this.touched = false;
    section.querySelector("[data-go=back]").hidden = !previousPage(this.routes, key, ...this.way.slice(1));
    this.signs.show(key);
    this.outbox.keepSeat({ where: key });
    const detail = { key, section, part, parts };
    document.dispatchEvent(new CustomEvent("lesson:page", { detail }));
    performance.mark("lesson-ready");
  }

  // The server knew newer answers than the device had kept: the pupil sees those, unless they
  // have begun to answer again.
  learned(pages) {
    if (!this.onPage || this.touched || !pages.includes(this.name)) return;
    fillForm(sectionOf(this.name).querySelector("form"), this.givenOn(this.name));
  }

  // What the page's form shows: what was being filled in, or what was kept.
  givenOn(key) {
    const { draft } = this.outbox.seat;
    const row = this.outbox.rows.get(key);
    // A draft may be left behind where the device stopped keeping.
    const newest = draft && draft.page === key && draft.seq === (row ? row.seq : 0);
    if (newest) return draft.data;
    return row ? formValues(row.answers) : {};
  }

  get isOver() {
    return this.sender.over || Boolean(this.outbox.seat.end);
  }

  get onPage() {
    return this.name !== null && this.name !== END && this.name !== STOP && !this.isOver;
  }

  // Half a page survives a reload, too.
  drafted() {
    if (!this.onPage) return null;
    this.touched = true;
    const page = this.name;
    const { seq } = this.outbox.rows.get(page) || { seq: 0 };
    const data = readForm(sectionOf(page).querySelector("form"));
    return this.outbox.keepSeat({ draft: { page, seq, data } });
  }

  async turn(go) {
    const key = this.name;
    const section = sectionOf(key);
    const items = this.items(key);
    const { answers, problems } = parseAnswers(items, readForm(section.querySelector("form")));
    clearNotes(section);
    if (problems.length && go !== STOP) return showProblems(section, problems);
    const missed = items.filter((item) => !(item.key in answers));
    if (go === "next" && this.mayNudge(key, missed)) return nudge(section, missed);
    // Whoever wants to stop is not held back by a number that does not fit.
    if (!problems.length) await this.keep(key, answers);
    return this.open(this.after(go, key));
  }

  after(go, key) {
    if (go === STOP) return STOP;
    const turn = go === "back" ? previousPage : nextPage;
    return turn(this.routes, key, ...this.way.slice(1)) || END;
  }

  // At most once a page, and never where a question may be hard to answer.
  mayNudge(key, missed) {
    const { sensitive } = this.routes.pages.find((page) => page.key === key);
    if (!missed.length || sensitive || this.nudged.has(key)) return false;
    this.nudged.add(key);
    return true;
  }

  // Leaving a page by the browser's own buttons keeps what fits.
  async leavePage() {
    if (!this.onPage) return;
    const form = sectionOf(this.name).querySelector("form");
    const { answers, problems } = parseAnswers(this.items(this.name), readForm(form));
    if (!problems.length) await this.keep(this.name, answers);
  }

  async keep(key, answers) {
    const row = this.outbox.rows.get(key);
    if (!row || JSON.stringify(row.answers) !== JSON.stringify(answers)) {
      this.sender.hold();
      this.saves += 1;
      const signs = this.saves % EVERY ? {} : { [ABOUT]: this.signs.about() };
      await this.outbox.keep({ [key]: answers, ...signs });
      tellOtherTabs(this.outbox.tag, "wrote");
    }
    this.outbox.keepSeat({ draft: null, signs: this.signs.kept() });
    this.sender.kick();
  }

  goBack() {
    this.open(previousPage(this.routes, null, ...this.way.slice(1)));
  }

  goOn() {
    this.open(this.outbox.seat.where);
  }

  async stop() {
    const section = sectionOf(STOP);
    const choice = new FormData(section.querySelector("form")).get("answers");
    clearNotes(section);
    if (choice) return this.end(choice);
    return showProblems(section, [{ item: "keep", fault: "choose" }]);
  }

  // `how`: send, keep or delete. It is done when the server says so (see `app.js`).
  async end(how) {
    // What is to be deleted need not be sent first.
    if (how === "delete") await this.outbox.settle(this.outbox.waiting);
    else await this.outbox.keep({ [ABOUT]: this.signs.about() });
    await this.outbox.keepSeat({ end: how, draft: null });
    tellOtherTabs(this.outbox.tag, "ending");
    this.showEnding();
    this.sender.kick();
  }

  showEnding() {
    this.signs.show(null);
    showOnly("sending");
    show("done");
    window.history.replaceState(null, "", "#done");
  }
}
