// A card of the board is dragged to another lane. Where it may go are the options of its own select, and to drop it there
// is to choose that stage and to press the card's button: what the step takes is asked and decided by the server, and until
// then the card stays where it is. Without this file, and by touch, a card is moved by its select.
const board = document.querySelector("main .board");
const lanes = [...board.querySelectorAll(".lane")];
let dragged = null;

const choiceOf = (card) => card.querySelector("select[name='stage']");
const laneUnder = (event) => event.target.closest?.(".lane.takes");

function markUnder(lane) {
  for (const one of lanes) one.classList.toggle("under", one === lane);
}

function letGo() {
  dragged?.classList.remove("dragged");
  dragged = null;
  markUnder(null);
  for (const lane of lanes) lane.classList.remove("takes");
}

for (const card of board.querySelectorAll(".cards li")) {
  if (!choiceOf(card)) continue;
  card.draggable = true;
  // By its title too the card is dragged, and not the address that the title leads to.
  for (const link of card.querySelectorAll("a")) link.draggable = false;
}

board.addEventListener("dragstart", (event) => {
  // Text that was marked is dragged too, and is no card.
  if (!event.target.matches?.(".cards li")) return;
  dragged = event.target;
  dragged.classList.add("dragged");
  event.dataTransfer.effectAllowed = "move";
  // Of a type that no field takes: a card dropped there writes nothing.
  event.dataTransfer.setData("application/x-card", choiceOf(dragged).id);
  const stages = [...choiceOf(dragged).options].map((option) => option.value);
  for (const lane of lanes) lane.classList.toggle("takes", stages.includes(lane.dataset.stage));
});

document.addEventListener("dragover", (event) => {
  if (!dragged) return;
  const lane = laneUnder(event);
  markUnder(lane);
  if (!lane) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "move";
});

board.addEventListener("drop", (event) => {
  const lane = dragged && laneUnder(event);
  if (!lane) return;
  event.preventDefault();
  const choice = choiceOf(dragged);
  choice.value = lane.dataset.stage;
  letGo();
  choice.form.requestSubmit(choice.form.querySelector("[type='submit']"));
});

document.addEventListener("dragend", letGo);
