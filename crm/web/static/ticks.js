// The box in the head of a list ticks every row of the page; it says so where some are ticked. Without scripts it is not
// shown, and the rows are ticked one by one.
const all = document.querySelector("main [data-tick-all]");
const rows = [...document.querySelectorAll("main .table td.tick input")];

function tell() {
  const ticked = rows.filter((row) => row.checked).length;
  all.checked = ticked === rows.length;
  all.indeterminate = ticked > 0 && ticked < rows.length;
}

if (all && rows.length) {
  all.hidden = false;
  all.addEventListener("change", () => {
    for (const row of rows) row.checked = all.checked;
  });
  for (const row of rows) row.addEventListener("change", tell);
  // What the browser ticks again after a way back is told too.
  addEventListener("pageshow", tell);
  tell();
}
