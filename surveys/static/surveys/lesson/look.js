// Runs before anything is drawn, also in the document that is the same for every pupil: the
// look that was chosen in this browser, and a hidden screen that stays hidden over a reload.
// And before anything can be pressed: whoever begins quicker than a script comes over a bad
// network still begins the document, which goes on without one.
(() => {
  const cookie = (name) => (document.cookie.match(`(?:^|; )${name}=([^;]*)`) || [])[1] || "";
  const root = document.documentElement;
  const look = cookie("display").match(/^(light|cream|dark)-(100|125|150|175|200)$/);
  if (look) root.className = `theme-${look[1]} size-${look[2]}`;
  root.classList.add("scripted");
  root.classList.toggle("screen-hidden", cookie("screen").startsWith("hidden."));
  document.addEventListener("click", ({ target }) => {
    const start = target.closest("a[data-document]");
    if (start && "noModule" in HTMLScriptElement.prototype) start.href = start.dataset.document;
  });
})();
