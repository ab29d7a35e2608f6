// Charts by keyboard and pointer. Each mark carries its sentence (aria-label); this shows the
// same words on the screen and lets the arrow keys walk from mark to mark. Without script the
// charts, their names and their tables are all there.
"use strict";

document.querySelectorAll(".chart-figure").forEach((figure) => {
  const chart = figure.querySelector("svg.chart");
  const marks = chart ? [...chart.querySelectorAll(".mark")] : [];
  if (!marks.length) return;

  // A browser shows the title of an SVG as a tooltip of its own, which would cover ours.
  const title = chart.querySelector("title");
  chart.setAttribute("aria-label", title.textContent);
  chart.removeAttribute("aria-labelledby");
  title.remove();

  const words = document.createElement("div");
  words.className = "chart-words";
  words.setAttribute("aria-hidden", "true");
  words.hidden = true;
  figure.append(words);

  const show = (mark) => {
    words.textContent = mark.getAttribute("aria-label");
    words.hidden = false;
    const frame = figure.getBoundingClientRect();
    const place = mark.getBoundingClientRect();
    const middle = place.left + place.width / 2 - frame.left - words.offsetWidth / 2;
    const rightmost = frame.width - words.offsetWidth;
    words.style.left = `${Math.max(0, Math.min(middle, rightmost))}px`;
    words.style.top = `${place.bottom - frame.top + 6}px`;
  };
  const hide = () => { words.hidden = true; };

  const go = (index) => {
    const target = marks[(index + marks.length) % marks.length];
    marks.forEach((mark) => mark.setAttribute("tabindex", mark === target ? "0" : "-1"));
    target.focus();
  };
  const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

  // On the figure: Chromium makes an SVG that listens for focus a tab stop of its own.
  figure.addEventListener("keydown", (event) => {
    const here = marks.indexOf(event.target);
    if (here < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in steps) go(here + steps[event.key]);
    else if (event.key === "Home") go(0);
    else if (event.key === "End") go(marks.length - 1);
    else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  figure.addEventListener("focusin", (event) => {
    if (event.target.matches(".mark:focus-visible")) show(event.target);
  });
  figure.addEventListener("focusout", hide);
  // The words may be pointed at and read at leisure: they go when the pointer leaves both.
  figure.addEventListener("pointerover", (event) => {
    const mark = event.target.closest(".mark");
    if (mark) show(mark);
    else if (!words.contains(event.target)) hide();
  });
  figure.addEventListener("pointerleave", hide);
});
