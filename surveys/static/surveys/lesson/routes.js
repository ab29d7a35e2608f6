// Which pages and questions a pupil meets: the rules of surveys/navigation.py, told again.
// Pure. Both are run against the same vectors (tests/vectors).
//
// `answers` maps item keys to stored answers (a code, or a list of codes for tick-all).
// Answers to questions that are routed away are ignored everywhere.

const HOLDS = {
  item: (entry, answers) => {
    const answer = answers[entry.item];
    if (answer === undefined || answer === null) return false;
    return [].concat(answer).some((code) => entry.in.includes(code));
  },
  year_group: (entry, _, year) => entry.year_group.includes(String(year)),
  all: (entry, answers, year) => entry.all.every((part) => holds(part, answers, year)),
  any: (entry, answers, year) => entry.any.some((part) => holds(part, answers, year)),
  not: (entry, answers, year) => !holds(entry.not, answers, year),
};

function holds(entry, answers, year) {
  if (!entry) return true;
  const word = Object.keys(HOLDS).find((each) => each in entry);
  return HOLDS[word](entry, answers, year);
}

// The same routes with the rotating sections begun at the `turn`-th of them.
export function rotated(routes, turn) {
  const titles = routes.rotating;
  const begin = titles.length ? turn % titles.length : 0;
  if (!begin) return routes;
  const order = titles.slice(begin).concat(titles.slice(0, begin));
  const first = routes.pages.findIndex((page) => titles.includes(page.section));
  const turning = order.flatMap((title) => routes.pages.filter((page) => page.section === title));
  const pages = [
    ...routes.pages.slice(0, first),
    ...turning,
    ...routes.pages.slice(first + turning.length),
  ];
  return { ...routes, pages };
}

// Every page with something to ask, in order: [{ page, items }].
export function way(routes, answers, year) {
  const counting = {};
  const met = [];
  for (const page of routes.pages) {
    const open = holds(page.when, counting, year);
    const items = page.items.filter((item) => open && holds(item.when, counting, year));
    if (items.length) met.push({ page, items });
    for (const { key } of items) if (key in answers) counting[key] = answers[key];
  }
  return met;
}

export function visibleItems(routes, key, answers, year) {
  const met = way(routes, answers, year).find(({ page }) => page.key === key);
  return met ? met.items : [];
}

const place = (routes, key) => routes.pages.findIndex((page) => page.key === key);

// The next visible page's key after `key`; from null the first one; null after the last.
export function nextPage(routes, key, answers, year) {
  const here = key === null ? -1 : place(routes, key);
  const met = way(routes, answers, year).find(({ page }) => place(routes, page.key) > here);
  return met ? met.page.key : null;
}

// The visible page's key before `key`; from null (the end) the last one; null before the first.
export function previousPage(routes, key, answers, year) {
  const here = key === null ? routes.pages.length : place(routes, key);
  const before = way(routes, answers, year).filter(({ page }) => place(routes, page.key) < here);
  return before.length ? before[before.length - 1].page.key : null;
}

// The first visible page that is not among the reached ones; null when all are.
export function unreached(routes, answers, year, reached) {
  const met = way(routes, answers, year).find(({ page }) => !reached.includes(page.key));
  return met ? met.page.key : null;
}

// [part, parts] for "Part 3 of 7": parts are the sections with a visible page.
export function position(routes, key, answers, year) {
  const here = place(routes, key);
  const seen = way(routes, answers, year).map(({ page }) => page);
  const sections = [...new Set(seen.map((page) => page.section))];
  const behind = seen.filter((page) => place(routes, page.key) <= here);
  const part = behind.length ? sections.indexOf(behind[behind.length - 1].section) + 1 : 1;
  return [part, Math.max(sections.length, 1)];
}
