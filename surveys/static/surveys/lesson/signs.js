// Signs of how it was answered, for the page "about" (surveys/signs.py): durations and counts,
// never a time of day.

const MOST = 100000;

export class Signs {
  constructor(kept = {}) {
    Object.assign(this, { seconds: {}, aloud: 0, waits: 0, ...kept });
    this.page = null;
    this.since = 0;
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) this.pause();
      else this.since = performance.now();
    });
    document.addEventListener("lesson:sign", ({ detail }) => {
      if (detail.name === "aloud") this.aloud += 1;
    });
  }

  // The clock of pages runs while they are on the screen.
  show(page) {
    this.pause();
    this.page = page;
  }

  pause() {
    const now = performance.now();
    if (this.page && this.since) {
      const spent = (now - this.since) / 1000;
      this.seconds[this.page] = Math.min(MOST, (this.seconds[this.page] || 0) + spent);
    }
    this.since = document.hidden ? 0 : now;
  }

  waited() {
    this.waits += 1;
  }

  kept() {
    this.pause();
    return { seconds: this.seconds, aloud: this.aloud, waits: this.waits };
  }

  about() {
    const { seconds, aloud, waits } = this.kept();
    const whole = Object.entries(seconds).map(([page, spent]) => [page, Math.round(spent)]);
    return {
      device: device(),
      language: document.documentElement.lang,
      aloud: Math.min(MOST, aloud),
      waits: Math.min(MOST, waits),
      seconds: Object.fromEntries(whole),
    };
  }
}

function device() {
  if (!matchMedia("(pointer: coarse)").matches) return "computer";
  return Math.min(screen.width, screen.height) < 600 ? "phone" : "tablet";
}
