// The drafts below the form, each with its state and with what a person can do about it.

const ORDER = { refused: 0, typing: 1, waiting: 2, sent: 3, thrown: 4 };

function element(tag, { text, ...attributes } = {}, children = []) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

// `deeds`: { edit, another, choose, throwAway, undo }, each called with the draft (choose with the value too).
export function show(list, drafts, { current, account, words, deeds }) {
  const isShown = (one) => one.id !== current && (one.owner === account || !["sent", "thrown"].includes(one.state));
  const shown = drafts.filter(isShown);
  shown.sort((a, b) => ORDER[a.state] - ORDER[b.state] || (a.id < b.id ? 1 : -1));
  // What has the focus keeps it: the list is drawn anew while a thumb is on its way. A deed that is done is gone; then
  // the draft has the focus, and says how it stands.
  const focused = document.activeElement;
  const kept = list.contains(focused) && [focused.closest("[data-id]")?.dataset.id, focused.dataset.deed];
  list.replaceChildren(...shown.map((one) => line(one, account, words, deeds)));
  if (kept?.[0]) {
    const again = list.querySelector(`[data-id="${kept[0]}"]`);
    (again?.querySelector(`[data-deed="${kept[1]}"]`) ?? again)?.focus();
  }
  return shown.length;
}

function line(draft, account, words, deeds) {
  const frame = { class: "draft", tabindex: "-1", "data-state": draft.state, "data-id": draft.id };
  const state = element("p", { class: "draft-state", text: stateOf(draft, words) });
  // On a phone that several use, what a colleague wrote is the colleague's: that it waits is all there is to know.
  if (draft.owner !== account) {
    const whose = element("p", { class: "draft-what", text: words.others.replace("%(name)s", draft.ownerName) });
    return element("li", frame, [whose, state]);
  }
  const about = [draft.who || "–", draft.what || draft.kindName, draft.amount].filter(Boolean).join(" · ");
  const parts = [element("p", { class: "draft-what", text: about }), state];
  if (draft.photo) parts.push(element("p", { class: "quiet", text: words.photo }));
  if (draft.state === "refused") parts.push(...reasons(draft, words, deeds));
  parts.push(element("div", { class: "draft-deeds" }, buttons(draft, words, deeds)));
  return element("li", frame, parts);
}

function stateOf(draft, words) {
  if (draft.state === "sent") {
    const said = draft.told?.already ? words.already : words.sent;
    return draft.told?.understood ? `${said} · ${draft.told.understood}` : said;
  }
  if (draft.state === "waiting" && draft.told?.reason === "server") return `${words.waiting} · ${words.server}`;
  return { typing: words.unfinished, waiting: words.waiting, refused: words.refused, thrown: words.thrown }[draft.state];
}

function reasons(draft, words, deeds) {
  const told = draft.told ?? {};
  const said = told.reason === "tooLarge" ? words.tooLarge : told.message;
  const parts = [element("p", { class: "draft-reason", text: said ?? "" })];
  if (told.similar?.length) {
    const links = told.similar.map(({ title, about, address }) =>
      element("li", {}, [element("a", { href: address, text: title }), " ", element("span", { class: "quiet", text: about })]),
    );
    parts.push(element("p", { text: words.alike }), element("ul", {}, links));
  }
  if (told.choices?.length) {
    const offered = told.choices.map(([value, text]) =>
      button(text, `choose-${value}`, "secondary", () => deeds.choose(draft, value)),
    );
    parts.push(element("div", { class: "draft-deeds" }, offered));
  }
  return parts;
}

function button(text, deed, look, act) {
  const made = element("button", { type: "button", class: `button ${look} small`, "data-deed": deed, text });
  made.addEventListener("click", act);
  return made;
}

function buttons(draft, words, deeds) {
  const made = [];
  const told = draft.told ?? {};
  if (told.address && ["sent", "refused"].includes(draft.state)) {
    made.push(element("a", { class: "button secondary small", href: told.address, text: words.open }));
  }
  if (draft.state === "refused" && told.reason === "similar") {
    made.push(button(words.another, "another", "secondary", () => deeds.another(draft)));
  }
  if (draft.state === "typing") made.push(button(words.goOn, "edit", "secondary", () => deeds.edit(draft)));
  if (draft.state === "waiting" || (draft.state === "refused" && told.reason !== "changed")) {
    made.push(button(words.edit, "edit", "secondary", () => deeds.edit(draft)));
  }
  if (draft.state === "thrown") made.push(button(words.undo, "undo", "secondary", () => deeds.undo(draft)));
  if (["typing", "waiting", "refused"].includes(draft.state)) {
    made.push(button(words.throwAway, "throw", "plain", () => deeds.throwAway(draft)));
  }
  return made;
}
