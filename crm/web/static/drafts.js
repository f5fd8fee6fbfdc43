// What was typed and not sent is kept in this browser, for this account and this form, until it is sent or let go: of
// every form of a page in which something can be written or chosen, also of those in parts that come after the page.
// A form marked data-no-draft (personal data, secrets, the name of a filter) keeps nothing.
const account = document.body.dataset.account;
const words = document.getElementById("draft-words");
const prefix = `draft:${account}:`;
// What an address says after its path about which record its form is for. The rest only fills the form in.
const WHICH = ["of", "way", "kind", "round", "with"];
const NOT_TYPED = ["hidden", "file", "password", "submit", "button"];
const WAIT = 400;
// What this tab has sent and not yet been answered: which draft, and which writing of it.
const SENT = "draft-sent";

const fields = (form) => [...form.elements].filter((field) => field.name && !NOT_TYPED.includes(field.type));

// A form of ticks or of one button holds nobody's work, unless it is a sheet.
const isWork = (form) =>
  form.matches(".sheet") ? fields(form).length > 0 : fields(form).some((field) => !["checkbox", "radio"].includes(field.type));

// Where a form is sent names it, wherever it is shown; the later ones of a page that are sent to the same place are told
// apart by their first field.
function keyOf(form, taken) {
  const address = new URL(form.getAttribute("action") || location.href, location.href);
  const which = WHICH.filter((name) => address.searchParams.has(name)).map((name) => `${name}=${address.searchParams.get(name)}`);
  const key = prefix + address.pathname + (which.length ? `?${which.join("&")}` : "");
  return taken.has(key) ? `${key}#${fields(form)[0].name}` : key;
}

function typed(form) {
  const values = {};
  for (const field of fields(form)) {
    const one = ["checkbox", "radio"].includes(field.type) ? (field.checked ? field.value : null) : field.value;
    if (one !== null) (values[field.name] ||= []).push(one);
  }
  return values;
}

function putBack(form, values) {
  const left = structuredClone(values);
  for (const field of fields(form)) {
    const told = left[field.name] || [];
    if (["checkbox", "radio"].includes(field.type)) field.checked = told.includes(field.value);
    else if (told.length) field.value = told.shift();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

function keep(name, draft) {
  try {
    localStorage.setItem(name, JSON.stringify(draft));
  } catch {
    // A full or closed store keeps nothing; the form works all the same.
  }
}

const when = (at) => new Date(at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short", hourCycle: "h23", timeZone: "Asia/Seoul" });

// In a fold that is closed nobody would see it: then it stands before the fold, and bringing it back opens that.
function offer(form, key, draft) {
  const fold = form.closest("details");
  const place = document.createElement("section");
  place.className = "notice warn draft";
  place.setAttribute("role", "status");
  const text = document.createElement("p");
  text.textContent = words.dataset.found.replace("{when}", when(draft.at));
  const buttons = ["take", "drop"].map((name) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button secondary small";
    button.textContent = words.dataset[name];
    button.addEventListener("click", () => {
      if (name === "take") putBack(form, draft.values);
      else localStorage.removeItem(key);
      place.remove();
      if (fold) fold.open = true;
      form.querySelector("input:not([type='hidden']), textarea, select")?.focus();
    });
    return button;
  });
  place.append(text, ...buttons);
  (fold ?? form).before(place);
}

// A form that was sent was saved where the very page that answers it says so, in a message or by showing what was made
// (data-saved). Any other page that comes instead (the form again, a sign-in, a fault) leaves the draft, whatever is done
// after it.
function takeSent() {
  try {
    return JSON.parse(sessionStorage.getItem(SENT));
  } catch {
    return null;
  } finally {
    sessionStorage.removeItem(SENT);
  }
}

const sent = takeSent();
const isSaved = document.querySelector(".messages .success, .messages .info, main [data-saved]") !== null;
// Said above the form; a cell that is still wrong in a sheet that was read again is no refusal.
const isRefusal = document.querySelector(".messages .error, main form .notice.error") !== null;
// What another tab has written there since is another draft.
if (account && sent && isSaved && !isRefusal && read(sent.key)?.at === sent.at) localStorage.removeItem(sent.key);
// Back at a page that the browser had put aside as it was: nothing that was sent from it was answered here.
addEventListener("pageshow", (event) => event.persisted && takeSent());
if (account) {
  document.querySelector("form[action$='/logout/']")?.addEventListener("submit", () => {
    unkept.clear();
    for (const name of Object.keys(localStorage)) if (name.startsWith(prefix)) localStorage.removeItem(name);
  });
}

const watched = new WeakMap();
const unkept = new Set();

function keepNow(form) {
  unkept.delete(form);
  keep(watched.get(form).key, { values: typed(form), at: Date.now() });
}

function watch(form, key) {
  watched.set(form, { key, waiting: 0 });
  const draft = read(key);
  // What comes back with its faults holds what was sent.
  const isRefused = sent?.key === key && form.querySelector(".wrong, .error") !== null;
  if (draft && !isRefused && JSON.stringify(draft.values) !== JSON.stringify(typed(form))) offer(form, key, draft);
  form.addEventListener("submit", () => {
    clearTimeout(watched.get(form).waiting);
    unkept.delete(form);
    const at = Date.now();
    keep(key, { values: typed(form), at });
    sessionStorage.setItem(SENT, JSON.stringify({ key, at }));
  });
}

function watchAll() {
  const taken = new Set();
  for (const form of document.querySelectorAll("main form[method='post']")) {
    if (form.closest("[data-no-draft]") || !isWork(form)) continue;
    const key = watched.get(form)?.key ?? keyOf(form, taken);
    taken.add(key);
    if (!watched.has(form)) watch(form, key);
  }
}

// A form that carries hidden what another one to the same address was filled in with, such as after a preview.
function completes(form) {
  const key = keyOf(form, new Set());
  const at = read(key)?.at;
  if (at) sessionStorage.setItem(SENT, JSON.stringify({ key, at }));
}

if (account && words) {
  watchAll();
  document.addEventListener("submit", ({ target }) => target.matches("[data-completes-draft]") && completes(target));
  document.addEventListener("htmx:load", watchAll);
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    const about = form && watched.get(form);
    if (!about || !event.isTrusted) return;
    clearTimeout(about.waiting);
    unkept.add(form);
    about.waiting = setTimeout(() => keepNow(form), WAIT);
  });
  addEventListener("pagehide", () => unkept.forEach(keepNow));
}
