// Sends what waits, one draft after the other, from a page or from the worker. The server books a draft under the id
// that was made here, so that sending it again is safe; therefore whatever has no clear answer is sent again.

import { alone, alter, drafts, tellOthers } from "./booth_store.js";

const ASK_TIME = 15_000;
const SEND_TIME = 90_000;

const isWaiting = (draft) => draft.state === "waiting" || (draft.state === "thrown" && draft.uncertain);

async function ask(address, options = {}, time = ASK_TIME) {
  const signal = "timeout" in AbortSignal ? AbortSignal.timeout(time) : undefined;
  return fetch(address, { cache: "no-store", credentials: "same-origin", redirect: "manual", signal, ...options });
}

// Gives { state, owner }: "done" nothing waits · "offline" · "signedOut" · "forbidden" · "unreachable" the server
// could not · "others" what waits is another person's. Never throws.
export async function sync(addresses, onChange = () => {}) {
  const changed = () => {
    tellOthers();
    onChange();
  };
  try {
    return await alone("send", () => round(addresses, changed));
  } catch {
    return { state: "offline" };
  }
}

async function round(addresses, changed) {
  const waiting = (await drafts()).filter(isWaiting).sort((a, b) => (a.id < b.id ? -1 : 1));
  if (!waiting.length) return { state: "done" };
  const session = await ask(addresses.session);
  if (session.type === "opaqueredirect") return { state: "signedOut" };
  if (session.status === 403) return { state: "forbidden" };
  if (!session.ok) return { state: "unreachable" };
  const { account, csrf } = await session.json();
  const own = waiting.filter((draft) => draft.owner === account);
  let missed = false;
  for (const draft of own) {
    const state = draft.state === "thrown" ? await settle(draft, addresses) : await send(draft, csrf, addresses);
    changed();
    if (state === "stop") return { state: "unreachable", owner: account };
    missed ||= state === "missed";
  }
  if (missed) return { state: "unreachable", owner: account };
  return { state: own.length < waiting.length ? "others" : "done", owner: account };
}

function parts(draft) {
  const body = new FormData();
  const { id, owner, who, choice, kind, what, amount, event, day, made } = draft;
  const fields = { id, account: owner, who, choice, kind, what, amount, event, day, made };
  for (const [name, value] of Object.entries(fields)) body.append(name, value ?? "");
  if (draft.isAnother) body.append("is_another", "on");
  if (draft.photo) {
    if (draft.isSigned) body.append("is_signed", "on");
    body.append("photo", new Blob([draft.photo.bytes], { type: draft.photo.type }), draft.photo.name);
  }
  return body;
}

// Gives "gone" (it has an answer), "missed" (to be tried again) or "stop" (nothing more can be sent now).
async function send(draft, csrf, addresses) {
  // Noted before it leaves: who is killed now knows afterwards that an answer is missing.
  const noted = await alter(draft.id, (one) => (isSame(one, draft) ? { ...one, uncertain: true } : undefined));
  if (!noted) return "gone";
  const answer = await ask(
    addresses.drafts,
    { method: "POST", headers: { "X-CSRFToken": csrf, Accept: "application/json" }, body: parts(draft) },
    SEND_TIME,
  );
  if (answer.type === "opaqueredirect" || answer.status === 403) {
    await alter(draft.id, (one) => ({ ...one, uncertain: false }));
    return "stop";
  }
  const told = await read(answer);
  if (answer.ok && told?.state === "recorded") {
    await alter(draft.id, (one) => (isSame(one, draft) ? sent(one, told) : undefined));
    return "gone";
  }
  if (told?.state === "refused" || answer.status === 413) {
    const word = told ?? { reason: "tooLarge" };
    await alter(draft.id, (one) => {
      if (!isSame(one, draft)) return { ...one, uncertain: false };
      return { ...one, state: "refused", told: word, uncertain: false };
    });
    return "gone";
  }
  await alter(draft.id, (one) => ({ ...one, told: { reason: "server" } }));
  return "missed";
}

// What was changed on the phone while it was under way keeps its change, and is compared by the server next time.
const isSame = (now, then) => now.state === "waiting" && now.revision === then.revision;
const sent = (draft, told) => ({ ...draft, state: "sent", told, uncertain: false, photo: null });

async function read(answer) {
  try {
    return await answer.json();
  } catch {
    return null;
  }
}

// A draft that was thrown away after it had been sent without an answer: if it did arrive, that is said.
async function settle(draft, addresses) {
  const answer = await ask(`${addresses.drafts}${draft.id}/`);
  if (answer.status === 404) await alter(draft.id, (one) => ({ ...one, uncertain: false }));
  else if (answer.ok) {
    const told = await read(answer);
    await alter(draft.id, (one) => (one.state === "thrown" && told ? sent(one, told) : undefined));
  } else return "stop";
  return "gone";
}

