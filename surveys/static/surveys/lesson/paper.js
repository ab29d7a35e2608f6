// What the pupil sees: one section of the document at a time, its questions, what is wrong with
// them, one gentle reminder. All words come from the document.

export const dataOf = (id) => JSON.parse(document.getElementById(id).textContent);

const words = () => dataOf("words");
const sections = () => [...document.querySelectorAll("section[data-page]")];

export const sectionOf = (name) => sections().find((each) => each.dataset.page === name);
export const shown = () => sections().find((each) => !each.hidden);

// Shows this section alone, and begins at its heading. Of questions only those of `items`.
export function show(name, { items = null, part = null, parts = null } = {}) {
  const section = sectionOf(name);
  for (const each of sections()) each.hidden = each !== section;
  if (items) {
    const asked = items.map((item) => item.key);
    for (const question of section.querySelectorAll(".question")) {
      question.hidden = !asked.includes(question.id);
    }
  }
  const said = part ? words().part.replace("%(part)s", part).replace("%(parts)s", parts) : "";
  document.querySelector("[data-part]").textContent = said || words().title;
  for (const each of document.querySelectorAll("[data-while-asking]")) each.hidden = !part;
  const heading = section.querySelector("h1");
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  scrollTo(0, 0);
  document.dispatchEvent(new CustomEvent("lesson:shown", { detail: { section } }));
  return section;
}

// Texts that stand in for one another: <p data-when="waiting">, <p data-when="sent">.
export function showOnly(when) {
  for (const each of document.querySelectorAll("[data-when]")) {
    each.hidden = each.dataset.when !== when;
  }
}

function note(section, template) {
  const copy = document.getElementById(template).content.firstElementChild.cloneNode(true);
  section.querySelector("form").before(copy);
  return copy;
}

function linkTo(key, text) {
  const link = document.createElement("a");
  link.href = `#${key}`;
  link.textContent = text;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    document.getElementById(key).querySelector("input").focus();
  });
  const paragraph = document.createElement("p");
  paragraph.append(link);
  return paragraph;
}

export function clearNotes(section) {
  for (const each of section.querySelectorAll("[data-note]")) each.remove();
  for (const each of section.querySelectorAll("[aria-invalid]")) {
    each.removeAttribute("aria-invalid");
    each.setAttribute("aria-describedby", each.dataset.described);
  }
}

// What is wrong, said above the questions and beside each, in words and with a link.
export function showProblems(section, problems) {
  const box = note(section, "problems");
  for (const { item, fault, total } of problems) {
    const text = words().faults[fault].replace("%(total)d", total);
    box.append(linkTo(item, text));
    showProblem(document.getElementById(item), text);
  }
  box.focus();
}

// Only a typed number can be wrong; a button or a box cannot.
function showProblem(question, text) {
  const field = question.querySelector("input[type=text]");
  const problem = document.createElement("p");
  Object.assign(problem, { className: "problem", id: `${question.id}-problem`, textContent: text });
  problem.dataset.note = "";
  question.querySelector("legend, label").after(problem);
  field.dataset.described = field.getAttribute("aria-describedby");
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", `${field.dataset.described} ${problem.id}`);
}

// One gentle reminder; the same button then goes on.
export function nudge(section, missed) {
  const box = note(section, "nudge");
  box.append(linkTo(missed[0].key, missed.length > 1 ? words().missed_some : words().missed_one));
  box.focus();
}

export function say(word) {
  const place = document.querySelector("[data-saved]");
  if (place && place.textContent !== words()[word]) place.textContent = words()[word] || "";
}
