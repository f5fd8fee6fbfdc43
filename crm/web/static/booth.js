// The booth's form. Whatever is typed is on the phone's disk before the next word; what is saved is sent by itself.

import { show } from "./booth_list.js";
import { clean, findable, isInitials, matching, named, together } from "./booth_names.js";
import { shrink } from "./booth_photo.js";
import { sync } from "./booth_sender.js";
import * as store from "./booth_store.js";

const { account, name: accountName, addresses, words } = JSON.parse(document.getElementById("booth-told").textContent);
const at = (id) => document.getElementById(id);
const form = at("booth-form");
const NEW = "new";
const ECHO_AFTER = 350;
const FIRST_WAIT = 5_000;
const LONGEST_WAIT = 300_000;
const REFRESH_AFTER = 600_000;

let current = null;
let release = () => {};
let companies = [];

// --- The draft in the form

function blank() {
  const now = Date.now();
  return {
    id: store.newId(now), owner: account, ownerName: accountName, made: "", day: "", state: "typing", revision: 1,
    who: "", choice: "", kind: "", kindName: "", what: "", amount: "", event: at("event").value, isSigned: false,
    isAnother: false, photo: null, told: null, uncertain: false,
  };
}

const hasContent = (draft) => Boolean(draft.who || draft.kind || draft.what || draft.amount || draft.photo);

// The draft is this tab's as long as the tab lives: another tab leaves it alone.
function hold(id) {
  return new Promise((got) => {
    const own = (lock) => (lock ? new Promise((done) => got(done)) : void got(null));
    Promise.resolve(store.alone(`draft-${id}`, own, { ifAvailable: true })).catch(() => got(() => {}));
  });
}

// At once: what is typed from now on is this draft's.
async function take(draft) {
  release();
  release = () => {};
  current = draft;
  const held = await hold(draft.id);
  if (current.id === draft.id) release = held ?? release;
  else held?.();
}

// The newest draft that was left unfinished and is in no other tab.
async function resume() {
  const left = (await store.drafts()).filter((one) => one.state === "typing" && one.owner === account);
  for (const one of left.sort((a, b) => b.touched - a.touched)) {
    const held = await hold(one.id);
    if (held) {
      current = one;
      release = held;
      return true;
    }
  }
  await take(blank());
  return false;
}

function read() {
  const kind = form.querySelector("[name=kind]:checked");
  return {
    who: at("who").value, what: at("what").value, amount: at("amount").value, event: at("event").value,
    kind: kind?.value ?? "", kindName: kind?.nextElementSibling.textContent ?? "", isSigned: at("is-signed").checked,
  };
}

function fill(draft) {
  for (const name of ["who", "what", "amount"]) at(name).value = draft[name];
  if ([...at("event").options].some((option) => option.value === draft.event)) at("event").value = draft.event;
  for (const radio of form.querySelectorAll("[name=kind]")) radio.checked = radio.value === draft.kind;
  at("more-kinds").open = Boolean(at("more-kinds").querySelector(":checked"));
  at("is-signed").checked = draft.isSigned;
  showPhoto(draft.photo);
  closeOffers();
  showMeaning();
  echo();
  showErrors(draft.told?.errors ?? {});
  at("kept").textContent = "";
  at("clear").hidden = !hasContent(draft);
}

// What was chosen or typed last is kept last: one transaction after the other.
let keeping = Promise.resolve();
function remember(changes = {}) {
  current = { ...current, ...read(), ...changes };
  // Written while it was being saved.
  if (current.state === "waiting") current.revision += 1;
  const draft = current;
  at("clear").hidden = !hasContent(draft);
  keeping = keeping
    .then(() => (hasContent(draft) || draft.uncertain ? store.keep(draft) : store.forget(draft.id)))
    .then(
      () => draft === current && (at("kept").textContent = hasContent(draft) ? words.kept : ""),
      () => (at("kept").textContent = words.full),
    );
  return keeping;
}

// Until nothing more of the draft in the form is on its way to the disk: a photo takes a while.
async function settled() {
  let seen;
  do {
    seen = [keeping, attaching];
    await Promise.all(seen);
  } while (seen[0] !== keeping || seen[1] !== attaching);
}

// --- Saving

function wrongs(draft) {
  const errors = {};
  const radio = form.querySelector("[name=kind]:checked");
  if (!clean(draft.who)) errors.who = [words.who];
  if (!draft.kind) errors.kind = [words.kind];
  if (!draft.event) errors.event = [words.event];
  if (radio && draft.amount.trim() && !("hasValue" in radio.dataset)) errors.amount = [words.noValue];
  return errors;
}

function showErrors(errors) {
  for (const { dataset } of form.querySelectorAll("[data-error]")) showError(dataset.error, errors[dataset.error] ?? []);
}

function showError(name, said) {
  const place = form.querySelector(`[data-error="${name}"]`);
  place.textContent = said.join(" ");
  place.hidden = !said.length;
  at(name)?.setAttribute("aria-invalid", said.length ? "true" : "false");
}

// Pressed twice it saves once. The button stays what it is meanwhile: one that is disabled loses the focus.
let saving = false;
async function save() {
  if (saving) return;
  saving = true;
  try {
    await saveDraft();
  } finally {
    saving = false;
  }
}

async function saveDraft() {
  const isSaid = !at("photo-said").hidden;
  await settled();
  // A photo that turned out to be none is seen before the draft goes without it.
  if (!isSaid && !at("photo-said").hidden) return void at("photo").focus();
  const draft = { ...current, ...read() };
  const errors = wrongs(draft);
  showErrors(errors);
  const [first] = ["event", "who", "kind", "amount"].filter((name) => name in errors);
  if (first) {
    (at(first) ?? form.querySelector(`[name=${first}]`)).focus();
    return;
  }
  const now = new Date();
  const choice = draft.choice || (named(companies, draft.who)?.[0] ?? "");
  const made = draft.made || now.toISOString();
  const whole = {
    ...draft, choice, made, day: draft.day || dayOf(now), state: "waiting", revision: draft.revision + 1, told: null,
  };
  // From here on what still comes belongs to the saved draft, and leaves it saved.
  current = whole;
  const kept = keeping.then(() => store.keep(whole));
  keeping = kept.catch(() => {});
  try {
    await kept;
  } catch {
    current = { ...current, state: "typing" };
    at("kept").textContent = words.full;
    return;
  }
  await settled();
  navigator.storage?.persist?.().catch(() => {});
  begin(blank());
  at("said").textContent = words.saved;
  at("kept").textContent = words.saved;
  changed();
  wake();
  later();
}

// The phone's day, where the phone is.
function dayOf(now) {
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

function begin(draft) {
  take(draft);
  fill(draft);
}

// --- Companies while they are typed

let offered = [];
let chosen = -1;

function offer() {
  const typed = at("who").value;
  const name = clean(typed);
  const exact = named(companies, typed);
  offered = matching(companies, typed).map((row) => ({ value: row[0], name: row[1], about: row[5], row }));
  if (name && !exact && !isInitials(name)) offered.push({ value: NEW, name, about: "" });
  chosen = -1;
  const lines = offered.map(({ value, name: text, about }, index) => {
    const line = document.createElement("li");
    line.id = `who-${index}`;
    line.setAttribute("role", "option");
    line.setAttribute("aria-selected", "false");
    line.textContent = value === NEW ? words.newCompany.replace("%(name)s", text) : text;
    if (value === NEW) line.className = "offer-new";
    if (about) line.append(Object.assign(document.createElement("span"), { className: "quiet", textContent: about }));
    // Before the field loses the focus, and before a keyboard goes away and moves everything.
    line.addEventListener("pointerdown", (event) => event.preventDefault());
    line.addEventListener("click", () => pick(index));
    return line;
  });
  at("who-list").replaceChildren(...lines);
  at("who-list").hidden = !lines.length;
  at("who").setAttribute("aria-expanded", String(Boolean(lines.length)));
  at("who").removeAttribute("aria-activedescendant");
}

function closeOffers() {
  at("who-list").hidden = true;
  at("who").setAttribute("aria-expanded", "false");
  at("who").removeAttribute("aria-activedescendant");
}

function pick(index) {
  const { value, name } = offered[index];
  at("who").value = name;
  closeOffers();
  remember({ choice: value });
  showMeaning();
}

function move(step) {
  const lines = [...at("who-list").children];
  if (at("who-list").hidden || !lines.length) return;
  chosen = (chosen + step + lines.length) % lines.length;
  lines.forEach((line, index) => line.setAttribute("aria-selected", String(index === chosen)));
  at("who").setAttribute("aria-activedescendant", lines[chosen].id);
}

function showMeaning() {
  const typed = clean(at("who").value);
  const known = companies.find((row) => row[0] === current.choice) ?? named(companies, typed);
  const said = !typed || isInitials(typed) ? "" : current.choice === NEW ? words.new : known ? words.known : words.unknown;
  at("who-means").textContent = known && known[1] !== typed && current.choice !== NEW ? `${said}: ${known[1]}` : said;
  at("who-means").className = `echo ${known ? "good" : current.choice === NEW ? "new" : "quiet"}`;
}

// Part by part, each kept as it comes: where the network goes, the rest is asked for the next time.
async function loadCompanies() {
  const kept = await store.thing("companies");
  // Before there were parts, the phone kept all rows as one.
  let parts = kept?.parts ?? [];
  companies = together(kept?.parts ?? [{ rows: kept?.rows ?? [] }]);
  if (current) showMeaning();
  const read = [];
  for (let number = 0; number !== null; number = read.at(-1).next) {
    const had = parts.find((part) => part.number === number);
    const part = await loadPart(number, had);
    if (!part) return;
    read.push(part);
    if (part !== had) await keepParts((parts = [...parts.filter((one) => one !== had), part]));
  }
  if (parts.length !== read.length) await keepParts(read);
}

// The part as it stands; null where there is no answer.
async function loadPart(number, had) {
  const headers = had ? { "If-None-Match": had.mark } : {};
  const asking = fetch(`${addresses.companies}?part=${number}`, { headers, cache: "no-store", redirect: "manual" });
  const answer = await asking.catch(() => null);
  if (answer?.status === 304) return had;
  const told = answer?.ok ? await answer.json().catch(() => null) : null;
  return told && { number, mark: answer.headers.get("ETag"), next: told.next, rows: told.companies.map(findable) };
}

async function keepParts(parts) {
  companies = together(parts);
  await store.keepThing("companies", { parts });
  if (document.activeElement === at("who") && at("who").value && !current.choice) offer();
  showMeaning();
}

// --- The amount as the server understands it

let echoing = 0;
function echo() {
  clearTimeout(echoing);
  const text = at("amount").value.trim();
  if (!text) at("amount-means").textContent = "";
  else echoing = setTimeout(askEcho, ECHO_AFTER, text);
}

async function askEcho(text) {
  const address = `${addresses.echo}?text=${encodeURIComponent(text)}`;
  const answer = await fetch(address, { redirect: "manual", cache: "no-store" }).catch(() => null);
  if (text !== at("amount").value.trim()) return;
  const told = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html").body : null;
  at("amount-means").textContent = told ? told.textContent.trim() : words.echoLater;
  at("amount-means").className = `echo ${told?.querySelector(".understood") ? "good" : told ? "error" : "quiet"}`;
}

// --- The photo

// The draft that it was chosen for stays in the form until it is there: see `settled`.
let attaching = Promise.resolve();
function attach(file) {
  if (file) attaching = attaching.then(() => scale(file));
}

async function scale(file) {
  const photo = await shrink(file).catch(() => null);
  at("photo").value = "";
  showError("photo", photo ? [] : [words.badPhoto]);
  if (!photo) return;
  await remember({ photo });
  showPhoto(photo);
  at("photo-view").scrollIntoView({ block: "center" });
}

function showPhoto(photo) {
  at("photo-view").hidden = !photo;
  at("photo-deed").textContent = photo ? words.photo : at("photo-deed").dataset.empty;
  if (photo?.thumb) at("photo-thumb").src = photo.thumb;
  else at("photo-thumb").removeAttribute("src");
}

// --- What a person does about a draft in the list

// Puts a draft into the form. What is in the form stays in the list.
async function edit(draft) {
  await settled();
  const held = await hold(draft.id);
  if (!held) {
    at("said").textContent = at("kept").textContent = words.elsewhere;
    return;
  }
  const opened = await store.alter(draft.id, (one) =>
    ["sent", "thrown"].includes(one.state) ? undefined : {
      ...one, state: "typing", revision: one.revision + 1, isAnother: false,
    },
  );
  if (!opened) return void held();
  await settled();
  release();
  current = opened;
  release = held;
  fill(current);
  changed();
  form.scrollIntoView();
  (form.querySelector("[aria-invalid=true]") ?? at("who")).focus();
}

const again = (draft, changes) =>
  store
    .alter(draft.id, (one) =>
      one.state === "refused" ? { ...one, ...changes, state: "waiting", revision: one.revision + 1, told: null } : undefined,
    )
    .then(() => (changed(), wake()));

const throwAway = (draft) =>
  store
    .alter(draft.id, (one) => (one.state === "sent" ? undefined : { ...one, state: "thrown", before: one.state }))
    .then(() => (changed(), wake()));

const undo = (draft) =>
  store
    .alter(draft.id, (one) => (one.state === "thrown" ? { ...one, state: one.before ?? "typing" } : undefined))
    .then(() => (changed(), wake()));

const deeds = {
  edit,
  throwAway,
  undo,
  another: (draft) => again(draft, { isAnother: true }),
  choose: (draft, value) => again(draft, { choice: value }),
};

async function clear() {
  await settled();
  const left = current;
  begin(blank());
  await throwAway(left);
}

async function draw() {
  const all = await store.drafts();
  const count = show(at("drafts"), all, { current: current.id, account, words, deeds });
  at("drafts-count").textContent = count || "";
  at("drafts-empty").hidden = Boolean(count);
}

function changed() {
  store.tellOthers();
  draw();
}

// --- Sending

let isSending = false;
let isAsked = false;
let wait = 0;
let timer = 0;

// `owner`: who is signed in now, where a page from the phone can still be somebody else's.
function say(state, owner = account) {
  const shown = owner === account ? state : "otherAccount";
  at("net").dataset.state = shown;
  at("net-said").textContent = shown === "others" ? words.online : (words[shown] ?? "");
  at("net-sign-in").hidden = state !== "signedOut";
}

// Sends what waits now; what cannot be sent is tried again, ever more seldom.
async function wake() {
  wait = 0;
  await send();
}

async function send() {
  clearTimeout(timer);
  if (isSending) {
    isAsked = true;
    return;
  }
  isSending = true;
  if (navigator.onLine && (await store.drafts()).some((one) => one.state === "waiting")) say("sending");
  const { state, owner } = await sync(addresses, draw);
  isSending = false;
  say(state === "done" ? (navigator.onLine ? "online" : "offline") : state, owner);
  await draw();
  if (isAsked) {
    isAsked = false;
    return void send();
  }
  if (state !== "done") {
    wait = Math.min(Math.max(wait * 2, FIRST_WAIT), LONGEST_WAIT);
    timer = setTimeout(send, wait);
  }
}

// Where the browser can, the system sends what waits even when this page is gone.
function later() {
  navigator.serviceWorker?.ready.then((worker) => worker.sync?.register("booth")).catch(() => {});
}

async function register() {
  if (!("serviceWorker" in navigator)) {
    at("ready").textContent = words.insecure;
    return;
  }
  try {
    await navigator.serviceWorker.register(addresses.worker, { scope: addresses.page, type: "module" });
    await navigator.serviceWorker.ready;
    at("ready").textContent = words.ready;
    at("ready").dataset.ready = "yes";
  } catch {
    at("ready").textContent = navigator.onLine ? "" : words.offline;
  }
}

// --- The event that was chosen last

async function recallEvent() {
  const kept = await store.thing("event");
  const options = [...at("event").options];
  const last = options.find((option) => option.value === kept);
  const usual = options.find((option) => "usual" in option.dataset);
  const today = dayOf(new Date());
  const runs = (option) => option && option.dataset.first <= today && today <= option.dataset.last;
  // An event that is over gives way to the one that runs.
  if (last && (runs(last) || !runs(usual))) at("event").value = last.value;
}

function listen() {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save();
  });
  form.addEventListener("input", ({ target }) => {
    if (target.id === "photo") return;
    if (target.id === "who") {
      remember({ choice: "" });
      offer();
      showMeaning();
    } else remember();
    if (target.id === "amount") echo();
    if (target.id === "event") store.keepThing("event", target.value);
    const place = form.querySelector(`[data-error="${target.name}"]`);
    if (place) place.hidden = true;
    target.removeAttribute("aria-invalid");
  });
  at("who").addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && !at("who-list").hidden) {
      // A keyboard's Done is no Save: there is more to fill in.
      event.preventDefault();
      if (chosen >= 0) pick(chosen);
      else closeOffers();
    } else if (event.key === "Escape") closeOffers();
  });
  at("who").addEventListener("blur", closeOffers);
  at("photo").addEventListener("change", ({ target }) => attach(target.files[0]));
  at("photo-remove").addEventListener("click", async () => {
    await settled();
    remember({ photo: null });
    showPhoto(null);
    at("photo").focus();
  });
  at("clear").addEventListener("click", clear);
  addEventListener("online", wake);
  addEventListener("offline", () => say("offline"));
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && wake());
  addEventListener("pageshow", ({ persisted }) => persisted && wake());
  store.onTold(draw);
}

async function start() {
  await store.tidy(Date.now()).catch(() => {});
  await recallEvent();
  await resume();
  fill(current);
  listen();
  document.body.dataset.started = "yes";
  await draw();
  loadCompanies();
  setInterval(() => document.visibilityState === "visible" && loadCompanies(), REFRESH_AFTER);
  register();
  await send();
}

start().catch(() => {
  at("net").dataset.state = "forbidden";
  at("net-said").textContent = words.full;
});
