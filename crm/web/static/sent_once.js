// A form of a new record carries the id that the record will have. Who comes back to it with the browser's Back finds
// what was typed, and by then a page that was fetched anew: the form is the same one, so it keeps its id, and saving it
// again makes no second record. Without this file the browser's Back leads to a new form.
const fields = [...document.querySelectorAll("main form[method='post'] input[type='hidden'][name='id']")];
const isBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
const before = (isBack && history.state?.ids) || [];

fields.forEach((field, place) => {
  if (before[place]) field.value = before[place];
});
if (fields.length > 0) history.replaceState({ ...history.state, ids: fields.map((field) => field.value) }, "");
