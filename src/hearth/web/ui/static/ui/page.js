/* Comforts of every page. Without them each page works all the same: what needs a script stays hidden until it is here. */
"use strict";

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const search = document.querySelector("[data-slash]") || document.querySelector("input[type=search]");
    if (search) { event.preventDefault(); search.select(); }
  }
  if (event.key === "Escape") closeMenus(null);
});

document.addEventListener("click", (event) => {
  closeMenus(event.target.closest("[data-closes]"));
  const button = event.target.closest("[data-print], [data-copy], [data-share]");
  if (!button) return;
  if ("print" in button.dataset) window.print();
  if ("copy" in button.dataset) copy(button);
  if ("share" in button.dataset) navigator.share({ title: document.title, url: location.href }).catch(() => {});
});

document.addEventListener("change", (event) => {
  countAll();
  const said = event.target.id && document.querySelector(`[data-chosen="${CSS.escape(event.target.id)}"]`);
  if (said) said.textContent = Array.from(event.target.files, (file) => file.name).join("、");
});

/* a button for what is chosen in a list says how many: "0" in its words stands for the number */
function count(button) {
  const chosen = Array.from(button.form.elements, (one) => one.name === button.dataset.counts && one.checked).filter(Boolean);
  button.dataset.none ??= button.textContent;
  button.textContent = chosen.length ? button.dataset.said.replace("0", chosen.length) : button.dataset.none;
}

function countAll() {
  for (const button of document.querySelectorAll("[data-counts]")) count(button);
}

/* a long list of choices is narrowed by what is typed; what is ticked stays in sight */
document.addEventListener("input", (event) => {
  const list = document.getElementById(event.target.dataset.narrows);
  if (!list) return;
  const wanted = event.target.value.trim();
  for (const one of list.children) one.hidden = !one.textContent.includes(wanted) && !one.querySelector("input").checked;
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.dataset.narrows) event.preventDefault();
});

/* on a narrow screen the tabs scroll: the one that is open stands in sight */
function showOpenTab() {
  const tab = document.querySelector(".h-tabs [aria-current]");
  if (!tab) return;
  const strip = tab.parentElement.getBoundingClientRect(), own = tab.getBoundingClientRect();
  tab.parentElement.scrollLeft += own.left - strip.left - (strip.width - own.width) / 2;
}

function closeMenus(but) {
  for (const menu of document.querySelectorAll("[data-closes][open]")) {
    if (menu === but) continue;
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  }
}

async function copy(button) {
  await navigator.clipboard.writeText(button.dataset.copy || location.href);
  button.textContent = button.dataset.copied;
}

function reveal(root) {
  for (const field of root.querySelectorAll("[data-narrows][hidden]")) field.hidden = field.labels[0].hidden = false;
  const can = { print: true, copy: Boolean(navigator.clipboard), share: Boolean(navigator.share) };
  for (const [what, possible] of Object.entries(can)) {
    for (const button of root.querySelectorAll(`[data-${what}][hidden]`)) button.hidden = !possible;
  }
}

/* whose device this is now: what is kept on it is shown to nobody else */
function nameAccount() {
  const account = document.querySelector("meta[name=account]");
  try { if (account) localStorage.setItem("hearth-account", account.content); } catch { /* nothing is kept here then */ }
}

function begin() {
  nameAccount();
  reveal(document);
  countAll();
  showOpenTab();
  const faults = document.querySelector("[data-faults]");
  if (faults) faults.focus();
}

document.addEventListener("htmx:afterSwap", (event) => { reveal(event.target); countAll(); });
begin();
