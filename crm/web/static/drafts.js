// What was typed and not sent is kept in this browser, for this account and this page, until it is sent or let go.
// A form marked data-no-draft (personal data) keeps nothing.
const form = document.querySelector("main form.sheet[method='post']");
const account = document.body.dataset.account;
const words = document.getElementById("draft-words");
const prefix = `draft:${account}:`;
const key = prefix + location.pathname;
const WAIT = 400;
// What this tab has sent and not yet been answered: which draft, and which writing of it.
const SENT = "draft-sent";

const fields = () =>
  [...form.elements].filter((field) => field.name && !["hidden", "file", "password", "submit", "button"].includes(field.type));

function typed() {
  const values = {};
  for (const field of fields()) {
    const one = ["checkbox", "radio"].includes(field.type) ? (field.checked ? field.value : null) : field.value;
    if (one !== null) (values[field.name] ||= []).push(one);
  }
  return values;
}

function putBack(values) {
  const left = structuredClone(values);
  for (const field of fields()) {
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

function offer(draft) {
  const place = document.createElement("section");
  place.className = "notice warn draft";
  place.setAttribute("role", "status");
  const text = document.createElement("p");
  text.textContent = words.dataset.found.replace("{when}", new Date(draft.at).toLocaleString(document.documentElement.lang));
  const buttons = ["take", "drop"].map((name) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button secondary small";
    button.textContent = words.dataset[name];
    button.addEventListener("click", () => {
      if (name === "take") putBack(draft.values);
      else localStorage.removeItem(key);
      place.remove();
      form.querySelector("input:not([type='hidden']), textarea, select")?.focus();
    });
    return button;
  });
  place.append(text, ...buttons);
  form.before(place);
}

// A form that was sent was saved where the very page that answers it says so. Any other page that comes instead (the
// form again, a sign-in, a fault) leaves the draft, whatever is done after it.
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
const isSaved = document.querySelector(".messages .success, .messages .info") !== null;
const isRefusal = document.querySelector(".messages .error, main form .error, main form .wrong") !== null;
// What another tab has written there since is another draft.
if (account && sent && isSaved && !isRefusal && read(sent.key)?.at === sent.at) localStorage.removeItem(sent.key);
// Back at a page that the browser had put aside as it was: nothing that was sent from it was answered here.
addEventListener("pageshow", (event) => event.persisted && takeSent());
if (account) {
  document.querySelector("form[action$='/logout/']")?.addEventListener("submit", () => {
    for (const name of Object.keys(localStorage)) if (name.startsWith(prefix)) localStorage.removeItem(name);
  });
}

if (form && account && words && !form.closest("[data-no-draft]")) {
  const draft = read(key);
  const isRefused = form.querySelector(".wrong, .error") !== null;
  if (draft && !isRefused && JSON.stringify(draft.values) !== JSON.stringify(typed())) offer(draft);
  let waiting = 0;
  form.addEventListener("input", (event) => {
    if (!event.isTrusted) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => keep(key, { values: typed(), at: Date.now() }), WAIT);
  });
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    const at = Date.now();
    keep(key, { values: typed(), at });
    sessionStorage.setItem(SENT, JSON.stringify({ key, at }));
  });
}
