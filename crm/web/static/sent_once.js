// Who comes back to a form with the browser's Back finds what was typed, and by then in a page that was fetched anew. It
// is the form of before: one of a new record keeps the id that the record has, so that saving it again makes no second
// one; one of a record keeps the version that was seen, so that what others changed since is not overwritten unseen.
// Without this file the browser's Back leads to a form that knows nothing of the one before.
const hidden = (name) => [...document.querySelectorAll(`main form[method='post'] input[type='hidden'][name='${name}']`)];
const isBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
const before = (isBack && history.state) || {};

const ids = hidden("id");
const versions = hidden("version");

function isFilledIn(field) {
  if (field.type === "hidden") return false;
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.tagName === "SELECT") return field.selectedIndex !== Math.max(0, [...field.options].findIndex((one) => one.defaultSelected));
  return "defaultValue" in field && field.value !== field.defaultValue;
}

// When the page is shown: only then has the browser filled in what was typed.
addEventListener("pageshow", (event) => {
  if (event.persisted) return;
  ids.forEach((field, place) => {
    if (before.ids?.[place]) field.value = before.ids[place];
  });
  versions.forEach((field, place) => {
    const seen = before.versions?.[place];
    if (seen && [...field.form.elements].some(isFilledIn)) field.value = seen;
  });
  if (ids.length + versions.length > 0) {
    const values = (fields) => fields.map((field) => field.value);
    history.replaceState({ ...history.state, ids: values(ids), versions: values(versions) }, "");
  }
});
