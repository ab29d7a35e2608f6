// Tries again by itself: after a wait that differs from pupil to pupil and grows with each turn,
// so that a school which came at the same second does not come at the same second again.
const form = document.querySelector("form[data-wait]");
const wait = Number(form.dataset.wait);
const spread = wait * 2 ** Number(form.dataset.turn);
setTimeout(() => form.submit(), 1000 * (wait + Math.random() * spread));
