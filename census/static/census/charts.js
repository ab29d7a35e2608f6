// Charts by keyboard and pointer. Each mark carries its sentence (aria-label); this shows the
// same words on the screen and lets the arrow keys walk from mark to mark. Without script the
// charts, their names and their tables are all there.
//
// Everything listens on the document: a page of a hundred charts costs nothing before one is
// used, and a chart that comes later works like those that were there.
"use strict";

(() => {
  const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  const SHOWN = "chart-words";
  let open = null;

  const markAt = (target) => (target instanceof Element ? target.closest(".chart-figure .mark") : null);

  const hide = () => {
    if (open) open.hidden = true;
    open = null;
  };

  // A browser shows the title of an SVG as a tooltip of its own, which would cover ours.
  const prepare = (figure) => {
    const title = figure.querySelector("svg.chart > title");
    if (title) {
      title.parentElement.setAttribute("aria-label", title.textContent);
      title.parentElement.removeAttribute("aria-labelledby");
      title.remove();
    }
    const words = document.createElement("div");
    words.className = SHOWN;
    words.setAttribute("aria-hidden", "true");
    figure.append(words);
    return words;
  };

  const show = (mark) => {
    const figure = mark.closest(".chart-figure");
    hide();
    open = figure.querySelector(`.${SHOWN}`) || prepare(figure);
    open.textContent = mark.getAttribute("aria-label");
    open.hidden = false;
    const frame = figure.getBoundingClientRect();
    const place = mark.getBoundingClientRect();
    const middle = place.left + place.width / 2 - frame.left - open.offsetWidth / 2;
    const rightmost = frame.width - open.offsetWidth;
    open.style.left = `${Math.max(0, Math.min(middle, rightmost))}px`;
    open.style.top = `${place.bottom - frame.top + 6}px`;
  };

  const walk = (event, mark) => {
    const marks = [...mark.closest(".chart-figure").querySelectorAll(".mark")];
    const here = marks.indexOf(mark);
    let next = null;
    if (event.key in STEPS) next = marks.at((here + STEPS[event.key]) % marks.length);
    else if (event.key === "Home") next = marks[0];
    else if (event.key === "End") next = marks.at(-1);
    if (!next) return;
    marks.forEach((each) => each.setAttribute("tabindex", each === next ? "0" : "-1"));
    next.focus();
    event.preventDefault();
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
    const mark = markAt(event.target);
    if (mark && !(event.ctrlKey || event.metaKey || event.altKey)) walk(event, mark);
  });
  document.addEventListener("focusin", ({ target }) => {
    if (target.matches(".mark:focus-visible")) show(target);
  });
  document.addEventListener("focusout", hide);
  // The words may be pointed at and read at leisure: they go when the pointer leaves both.
  document.addEventListener("pointerover", ({ target }) => {
    const mark = markAt(target);
    if (mark) show(mark);
    else if (!open?.contains(target)) hide();
  });
  document.documentElement.addEventListener("pointerleave", hide);
})();
