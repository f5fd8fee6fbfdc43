// Shortcuts: / and Ctrl+K search, ? tells the shortcuts, g and a letter goes to a place, j and k walk the rows of a list
// and the cards of a board, x ticks the row, e changes the ticked ones.
// Nothing here is needed to use a page.
// With Korean input on, a key tells a letter of it (ㅎ) or only that it is worked on (Process): then its place on the
// keyboard tells which key it is. A Latin letter is itself, wherever the keyboard has it.
function keyOf(event) {
  if (event.key.length === 1 && event.key <= "~") return event.key;
  if (event.code === "Slash") return event.shiftKey ? "?" : "/";
  return !event.shiftKey && /^Key[A-Z]$/.test(event.code) ? event.code.at(-1).toLowerCase() : event.key;
}

// The boxes of a list's rows take no letters.
const typing = (place) => place.closest("input, textarea, select, [contenteditable]") !== null && !place.closest(".tick");
const help = document.getElementById("shortcuts");
const search = document.getElementById("search-everywhere");
let waitsForPlace = false;

function toSearch(event) {
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
}

function walkRows(step) {
  const rows = [...document.querySelectorAll("main .table td.main a, main .tasks .task a:first-of-type, main .tasks .task .opens, main .short li a:first-of-type, main .cards li > p:first-child a")];
  if (rows.length === 0) return;
  const here = rows.indexOf(document.activeElement);
  rows[Math.min(Math.max(here + step, 0), rows.length - 1)].focus();
}

function tickRow() {
  const row = document.activeElement.closest(".table tr") ?? document.querySelector("main .table tbody tr");
  row?.querySelector("td.tick input")?.click();
}

function goTo(letter, where) {
  document.querySelector(`${where} [data-key="${letter}"]`)?.click();
}

document.addEventListener("keydown", (event) => {
  const key = keyOf(event);
  if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === "k") return toSearch(event);
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
  if (help && help.open && key !== "?") return;
  if (waitsForPlace) {
    waitsForPlace = false;
    return goTo(key.toLowerCase(), ".top");
  }
  if (key === "/") toSearch(event);
  else if (key === "?" && help) help.open ? help.close() : help.showModal();
  else if (key === "g") waitsForPlace = true;
  else if (key === "j") walkRows(1);
  else if (key === "k") walkRows(-1);
  else if (key === "x") tickRow();
  else if (key === "n") goTo("n", "main");
  else if (key === "e") document.querySelector("main [data-key='ticked']")?.click();
});

// Who was in a part of the page that is replaced is in what stands in its place, not back at the top of the page.
let wasInside = false;
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const here = document.activeElement;
  wasInside = here !== document.body && !here.id && detail.target.contains(here);
});
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (!wasInside) return;
  wasInside = false;
  const place = detail.elt.querySelector("h2") ?? detail.elt;
  place.tabIndex = -1;
  place.focus();
});

// An address may point into a part of the page that comes after it.
document.addEventListener("htmx:afterSettle", () => {
  const place = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (place && !place.dataset.shown) {
    place.dataset.shown = "1";
    place.scrollIntoView();
  }
});

// What a page has to say gets the focus, but for an address that points somewhere. One that points to the content or into
// the form is left over from what was done before the form was sent. The browser goes there while the page loads.
addEventListener("load", () => {
  const pointed = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (pointed && (pointed.id === "content" || pointed.closest("form"))) document.querySelector("main [autofocus]")?.focus();
});

// A row of places that is wider than the screen shows the one where the reader is.
for (const here of document.querySelectorAll(".places [aria-current], .tabs [aria-current]")) {
  const row = here.closest("ul");
  row.scrollLeft = here.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
}
