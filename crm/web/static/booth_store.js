// What the phone keeps: drafts, the companies' names, the event that was chosen last.
//
// A draft: { id, owner, ownerName, made, day, state, revision, who, choice, kind, kindName, what, amount, event,
// isSigned, isAnother, photo: { name, type, bytes, thumb } | null, told, uncertain, touched }.
// States: "typing" (in a form, or left there), "waiting" (to be sent), "refused" (a person has to look), "sent",
// "thrown". `told` is the server's last word. `uncertain`: it was sent, and no answer came.

const NAME = "ieum-booth";
const DAY = 24 * 3600 * 1000;
const SENT_STAYS = DAY;
const THROWN_STAYS = 7 * DAY;

let opened = null;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const asking = indexedDB.open(NAME, 1);
    asking.onupgradeneeded = () => {
      asking.result.createObjectStore("drafts", { keyPath: "id" });
      asking.result.createObjectStore("things");
    };
    asking.onsuccess = () => {
      asking.result.onversionchange = () => asking.result.close();
      resolve(asking.result);
    };
    asking.onerror = () => reject(asking.error);
  });
  opened.catch(() => (opened = null));
  return opened;
}

// One transaction. It is over when the data lies on the disk, not in a buffer that an empty battery takes along.
async function within(store, mode, act) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(store, mode, { durability: "strict" });
    let result;
    transaction.oncomplete = () => resolve(result?.result ?? result?.value);
    transaction.onabort = () => reject(transaction.error ?? new Error("aborted"));
    result = act(transaction.objectStore(store));
  });
}

export const drafts = () => within("drafts", "readonly", (store) => store.getAll());
export const draft = (id) => within("drafts", "readonly", (store) => store.get(id));
export const keep = (one) => within("drafts", "readwrite", (store) => void store.put({ ...one, touched: Date.now() }));
export const forget = (id) => within("drafts", "readwrite", (store) => void store.delete(id));
export const thing = (name) => within("things", "readonly", (store) => store.get(name));
export const keepThing = (name, value) => within("things", "readwrite", (store) => void store.put(value, name));

// Reads, changes and writes in one step; what `change` gives undefined for stays as it is.
export function alter(id, change) {
  return within("drafts", "readwrite", (store) => {
    const box = { value: undefined };
    const asking = store.get(id);
    asking.onsuccess = () => {
      const changed = asking.result && change(asking.result);
      if (changed) {
        box.value = { ...changed, touched: Date.now() };
        store.put(box.value);
      }
    };
    return box;
  });
}

// Sent and thrown drafts stay to be seen for a while. What may lie at the server unseen stays until that is known.
export async function tidy(now) {
  for (const one of await drafts()) {
    const age = now - one.touched;
    const isOver = (one.state === "sent" && age > SENT_STAYS) || (one.state === "thrown" && age > THROWN_STAYS);
    if (isOver && !one.uncertain) await forget(one.id);
  }
}

// A version 7 UUID: the time in milliseconds, then chance.
export function newId(now) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let rest = now;
  for (let place = 5; place >= 0; place -= 1) {
    bytes[place] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

// Tabs and the worker tell each other that drafts have changed.
const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(NAME) : null;
export const tellOthers = () => channel?.postMessage("changed");
export const onTold = (hear) => channel?.addEventListener("message", hear);

// Only one at a time does what the name stands for, in whichever tab or worker. Without locks each tab is on its own.
export function alone(name, act, options = {}) {
  if (!navigator.locks) return act({ name });
  return navigator.locks.request(`${NAME}-${name}`, options, act);
}
