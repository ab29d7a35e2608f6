// From a page's form to the answers that are stored, and back: the rules of
// surveys/definition/answers.py and kinds.py, told again. Pure; run against the same vectors.

const DIGITS = /^[0-9]{1,5}$/;

const code = (raw) => (DIGITS.test(raw.trim()) ? Number(raw.trim()) : null);
const given = (values) => (values || []).filter((value) => value.trim());

function one(item, values) {
  const first = values.length === 1 ? code(values[0]) : null;
  return item.codes.includes(first) ? first : undefined;
}

function ticks(item, values) {
  const codes = values.map(code);
  const fits = codes.every((each) => item.codes.includes(each));
  if (!fits || new Set(codes).size < codes.length) return undefined;
  return item.codes.filter((each) => codes.includes(each));
}

// Form values by item key -> { answers, problems: [{ item, fault, total }] }.
// `fault` is the kind of a question whose value does not fit, or "half" or "sum" of a pair.
export function parseAnswers(items, data) {
  const answers = {};
  const problems = [];
  for (const item of items) {
    const values = given(data[item.key]);
    if (!values.length) continue;
    const answer = item.kind === "multi" ? ticks(item, values) : one(item, values);
    if (answer === undefined) problems.push({ item: item.key, fault: item.kind });
    else answers[item.key] = answer;
  }
  return { answers, problems: problems.length ? problems : pairProblems(items, answers) };
}

// Both halves of a pair or neither, and together 100. "Prefer not to say" needs no other half.
function pairProblems(items, answers) {
  const problems = [];
  for (const [place, first] of items.entries()) {
    const second = items.find((item) => item.key === first.pair);
    if (!second || items.indexOf(second) < place) continue;
    const halves = [first, second];
    if (halves.some((item) => (item.apart || []).includes(answers[item.key]))) continue;
    const numbers = halves.map((item) => answers[item.key]).filter((n) => n !== undefined);
    const total = numbers.reduce((sum, n) => sum + n, 0);
    if (numbers.length === 1) problems.push({ item: first.key, fault: "half" });
    else if (numbers.length && total !== 100) problems.push({ item: first.key, fault: "sum", total });
  }
  return problems;
}

// Stored answers -> form values by item key.
export function formValues(answers) {
  const entries = Object.entries(answers).filter(([, answer]) => answer !== null);
  return Object.fromEntries(entries.map(([key, answer]) => [key, [].concat(answer).map(String)]));
}

// What a form holds now, by name: only what is chosen, typed or ticked.
export function readForm(form) {
  const data = {};
  for (const [name, value] of new FormData(form)) (data[name] = data[name] || []).push(value);
  return data;
}

// Makes a form hold these values and no others. A typed field takes what no box stands for.
export function fillForm(form, data) {
  for (const field of form.elements) {
    const values = data[field.name] || [];
    if (field.type === "radio" || field.type === "checkbox") {
      field.checked = values.includes(field.value);
    } else if (field.type === "text") {
      const boxes = [...form.elements].filter((each) => each.name === field.name && each !== field);
      const codes = boxes.map((box) => box.value);
      field.value = values.find((value) => !codes.includes(value)) || "";
    }
  }
}
