/* The editor of papers: insert, replace, jump, mark, and keep what is not saved. Without it the form saves all the same. */
"use strict";

const source = document.getElementById("source");
const opened = document.querySelector(".h-desk-a4 [aria-expanded=true]");
const mirror = document.getElementById("mirror");
const MARKS = ["fig-wrong", "fig-none", "f"]; // of two marks on one stretch the first counts

function startOf(line) {
  return source.value.split("\n").slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
}

/* Columns of the server count code points, offsets of the browser count UTF-16 units. */
function offsetOf(line, column) {
  const text = source.value.split("\n")[line - 1] || "";
  return startOf(line) + Array.from(text).slice(0, column - 1).join("").length;
}

function put(text, from, to) {
  source.focus();
  source.setRangeText(text, from, to, "end");
  source.dispatchEvent(new Event("input", { bubbles: true }));
}

function jump(button) {
  const line = Number(button.dataset.line);
  const found = button.dataset.find ? source.value.indexOf(button.dataset.find, startOf(line)) : -1;
  const from = found >= 0 ? found : offsetOf(line, Number(button.dataset.column || 1));
  const length = found >= 0 ? button.dataset.find.length : Number(button.dataset.length || 0);
  source.focus({ preventScroll: true });
  source.setSelectionRange(from, from + length);
  showLine(line);
}

/* A text area does not tell where its lines are: the mirror under it does. */
function showLine(line) {
  const mark = mirror.children[line - 1];
  if (mark) mark.scrollIntoView({ block: "center" });
}

function replace(button) {
  const { line, column, was } = button.dataset;
  let from = offsetOf(Number(line), Number(column));
  if (!source.value.startsWith(was, from)) from = source.value.indexOf(was, startOf(Number(line)));
  if (from >= 0) put(button.dataset.replace, from, from + was.length);
}

function draw() {
  if (!mirror) return;
  const bare = Array.from(document.querySelectorAll("[data-bare]"), (one) => one.dataset);
  const wrong = new Set(Array.from(document.querySelectorAll("[data-problem]"), (one) => Number(one.dataset.line)));
  const lines = source.value.split("\n").map((text, index) => drawnLine(text, index + 1, bare, wrong.has(index + 1)));
  mirror.replaceChildren(...lines);
  source.style.height = "auto";
  source.style.height = `${source.scrollHeight}px`;
}

function drawnLine(text, number, bare, isWrong) {
  const line = document.createElement("div");
  if (isWrong) line.className = "wrong";
  const marks = [...text.matchAll(/\{\{[^{}]*\}\}/g)].map((slot) => [slot.index, slot[0].length, "f"]);
  for (const one of bare.filter((mark) => Number(mark.line) === number)) {
    const from = Array.from(text).slice(0, Number(one.column) - 1).join("").length;
    if (text.startsWith(one.was, from)) marks.push([from, one.was.length, one.mark || "fig-none"]);
  }
  let done = 0;
  for (const [from, length, kind] of marks.sort((a, b) => a[0] - b[0] || MARKS.indexOf(a[2]) - MARKS.indexOf(b[2]))) {
    if (from < done) continue;
    const mark = document.createElement("span");
    mark.className = kind;
    mark.textContent = text.slice(from, from + length);
    line.append(text.slice(done, from), mark);
    done = from + length;
  }
  line.append(text.slice(done) || (done ? "" : "\u200b"));
  return line;
}

function keep() {
  const key = source.dataset.keeps;
  const saved = document.querySelector("[data-saved]");
  const changed = source.value !== source.defaultValue;
  if (changed) localStorage.setItem(key, JSON.stringify({ source: source.value, at: Date.now() }));
  else localStorage.removeItem(key);
  saved.dataset.said = saved.dataset.said || saved.textContent;
  for (const button of document.querySelectorAll("button[form=step]")) {
    button.dataset.off = button.dataset.off || String(button.disabled);
    button.disabled = changed || button.dataset.off === "true";
  }
  saved.textContent = changed ? saved.dataset.unsaved : saved.dataset.said;
}

function offerKept() {
  const note = document.getElementById("kept");
  const found = JSON.parse(localStorage.getItem(source.dataset.keeps) || "null");
  if (!found || found.source === source.value) return localStorage.removeItem(source.dataset.keeps);
  note.querySelector("[data-when]").textContent = new Date(found.at).toLocaleString(document.documentElement.lang);
  note.hidden = false;
  note.querySelector("[data-put-back]").addEventListener("click", () => {
    put(found.source, 0, source.value.length);
    note.hidden = true;
  });
  note.querySelector("[data-drop]").addEventListener("click", () => {
    localStorage.removeItem(source.dataset.keeps);
    note.hidden = true;
  });
}

function filter(field) {
  const wanted = field.value.trim().toLowerCase();
  for (const one of document.querySelectorAll(`${field.dataset.filters} > [data-words]`)) {
    one.hidden = !one.dataset.words.toLowerCase().includes(wanted);
  }
}

function show(root) {
  for (const one of root.querySelectorAll("[data-insert], [data-replace], [data-quote], [data-filters]")) one.hidden = false;
}

function act(event) {
  const button = event.target.closest("[data-insert], [data-replace], [data-jump], [data-quote]");
  if (!button) return;
  if ("insert" in button.dataset) put(button.dataset.insert, source.selectionStart, source.selectionEnd);
  else if ("replace" in button.dataset) replace(button);
  else if ("quote" in button.dataset) quote(document.querySelector(button.dataset.quote));
  else jump(button);
}

function quote(field) {
  field.value = source.value.slice(source.selectionStart, source.selectionEnd).split("\n")[0].slice(0, 200);
  field.focus();
}

if (source && mirror) {
  offerKept();
  show(document);
  draw();
  source.addEventListener("input", () => { draw(); keep(); });
  document.addEventListener("click", act);
  document.addEventListener("input", (event) => event.target.dataset.filters && filter(event.target));
  document.addEventListener("htmx:oobAfterSwap", (event) => { show(event.target); draw(); });
  window.addEventListener("resize", draw);
}

/* On the desk each column scrolls by itself: the opened figure comes into view in its own. */
if (opened && window.matchMedia("(min-width: 992px)").matches) {
  const pane = opened.closest(".h-desk-a4");
  pane.scrollTop += opened.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 2;
}
