// What was typed and not sent is kept in this browser, for this account and this page, until it is sent or let go.
// A form marked data-no-draft (personal data) keeps nothing.
const form = document.querySelector("main form.sheet[method='post']");
const account = document.body.dataset.account;
const words = document.getElementById("draft-words");
const prefix = `draft:${account}:`;
const key = prefix + location.pathname;
const WAIT = 400;

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

// A form that was sent was saved where the next page says so. Where a sign-in or a fault stands between, it was not.
const isSaved = document.querySelector(".messages .success, .messages .info") !== null;
if (account && isSaved) {
  for (const name of Object.keys(localStorage)) {
    const draft = name.startsWith(prefix) ? read(name) : null;
    if (draft?.sent && name !== key) localStorage.removeItem(name);
  }
}
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
    keep(key, { values: typed(), at: Date.now(), sent: true });
  });
}
