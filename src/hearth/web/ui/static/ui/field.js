/* A visit written on the way. What is written lies on the device at once, under a key of its own, and leaves it when the
   house has answered for that key. It belongs to the account that wrote it and is shown to no other. */
"use strict";

const field = document.getElementById("field");
const form = document.getElementById("visit");
const said = (name) => field.dataset[name] || "";
const part = (id) => document.getElementById(id);
const AGAIN = 15000, WIDEST = 1600, QUALITY = 0.82, PAUSE = 300;
const ROWS = ["difficulties", "suggestions", "gifts"], DAYS = { week: 7, month: 30, calm: 60 };
const account = field.dataset.account;
const { all, get, put, drop } = keepIn("hearth-field", { visits: { keyPath: "key" }, sent: { keyPath: "key" } });
let current = null, pause = 0, sending = null, copies = 0, saving = Promise.resolve();

/* ── the form and what is written in it ── */
const fresh = () => ({ key: newKey(), account, state: "draft", at: "", reason: "", values: null, pictures: [] });
const rowsOf = (name) => document.querySelector(`[data-rows=${name}]`);
const controls = (root) => Array.from(root.querySelectorAll("input[name], select[name], textarea[name]"));

function read(root) {
  const found = {};
  for (const one of controls(root)) found[one.name] = one.type === "checkbox" ? (one.checked ? "on" : "") : one.value;
  return found;
}

function write(root, values) {
  for (const one of controls(root)) {
    if (!(one.name in values)) continue;
    if (one.type === "checkbox") one.checked = values[one.name] === "on";
    else one.value = values[one.name];
  }
}

function written() {
  const rows = Object.fromEntries(ROWS.map((name) => [name, Array.from(rowsOf(name).children, read)]));
  const values = {};
  for (const one of controls(form)) {
    if (!one.closest("[data-rows]")) values[one.name] = one.type === "checkbox" ? (one.checked ? "on" : "") : one.value;
  }
  return { values, ...rows };
}

function addRow(name, values) {
  const row = document.querySelector(`[data-template=${name}]`).content.firstElementChild.cloneNode(true);
  copies += 1;
  for (const one of row.querySelectorAll("[id]")) one.id += `-${copies}`;
  for (const one of row.querySelectorAll("label[for]")) one.htmlFor += `-${copies}`;
  for (const one of row.querySelectorAll("[aria-describedby]")) one.setAttribute("aria-describedby", `${one.getAttribute("aria-describedby")}-${copies}`);
  if (values) write(row, values);
  rowsOf(name).append(row);
  if (name === "difficulties") { dueOf(row); showPrivate(row); }
  return row;
}

function dueOf(row) {
  const due = row.querySelector("[name=due]"), urgency = row.querySelector("[name=urgency]");
  if (due.value && !due.dataset.given) return;
  const day = new Date(Date.now() + DAYS[urgency.value] * 86400000);
  due.value = [day.getFullYear(), String(day.getMonth() + 1).padStart(2, "0"), String(day.getDate()).padStart(2, "0")].join("-");
  due.dataset.given = "yes";
}

const showPrivate = (row) => row.classList.toggle("h-only", Boolean(row.querySelector("[name=matter]").value));

function show(visit) {
  current = visit;
  form.reset();
  for (const name of ROWS) rowsOf(name).replaceChildren();
  if (visit.values) {
    write(form, visit.values.values);
    for (const name of ROWS) for (const values of visit.values[name]) addRow(name, values);
  }
  if (location.hash && !visit.values) write(form, { campaign: location.hash.slice(1) });
  part("signing").hidden = true;
  tellWrong(visit.reason);
  showPictures();
  showCounts();
}

function tellWrong(reason) {
  part("wrong").hidden = !reason;
  part("wrong").textContent = reason;
}

function showCounts() {
  const counts = { pictures: current.pictures.length };
  for (const name of ROWS) counts[name] = rowsOf(name).children.length;
  for (const one of document.querySelectorAll("[data-count]")) {
    if (one.dataset.count in counts) one.textContent = counts[one.dataset.count] ? `：${counts[one.dataset.count]}` : "";
  }
  const name = form.elements.name.value.trim();
  part("called").textContent = name ? `${said("sayAbout")}${name}` : said("sayNew");
}

/* kept after every pause in writing, one write after the other */
function keepSoon() {
  clearTimeout(pause);
  pause = setTimeout(keep, PAUSE);
}

function keep() {
  clearTimeout(pause);
  if (!current) return saving;
  const visit = current;
  visit.values = written();
  visit.at = new Date().toISOString();
  saving = saving.then(() => put("visits", visit)).then(() => {
    part("saved").textContent = `${clock(visit.at)} ${said("sayKept")}`;
    part("saved").dataset.key = visit.key;
    return showHere();
  });
  return saving;
}

const clock = (at) => new Date(at).toTimeString().slice(0, 5);

async function finish(event) {
  event.preventDefault();
  const missing = controls(form).filter((one) => one.required && !one.value.trim());
  if (missing.length) {
    tellWrong(said("sayMissing") + missing.map((one) => one.labels[0].textContent.trim()).join("、"));
    missing[0].focus();
    return;
  }
  current.state = "waiting";
  current.reason = "";
  await keep();
  show(fresh());
  part("saved").textContent = "";
  window.scrollTo(0, 0);
  await send();
}

/* ── photos and the signature ── */
async function shrunk(file) {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, WIDEST / Math.max(picture.width, picture.height));
  const sheet = document.createElement("canvas");
  sheet.width = Math.round(picture.width * scale);
  sheet.height = Math.round(picture.height * scale);
  sheet.getContext("2d").drawImage(picture, 0, 0, sheet.width, sheet.height);
  return new Promise((resolve) => { sheet.toBlob(resolve, "image/jpeg", QUALITY); });
}

async function take(event) {
  const { files, dataset } = event.target;
  for (const file of Array.from(files)) {
    if (current.pictures.length >= Number(said("most"))) { tellWrong(said("sayTooMany").replace("0", said("most"))); break; }
    const blob = await shrunk(file).catch(() => null);
    if (!blob) { tellWrong(`${file.name}：${said("sayNoPicture")}`); continue; }
    await addPicture(dataset.shows, blob, `${file.name.replace(/\.[^.]*$/, "") || "1"}.jpg`);
  }
  event.target.value = "";
}

async function addPicture(shows, blob, name) {
  current.pictures.push({ shows, name, data: await blob.arrayBuffer(), type: blob.type });
  await keep();
  showPictures();
  showCounts();
}

function showPictures() {
  part("pictures").replaceChildren(...current.pictures.map(shot));
}

function shot(picture) {
  const line = document.createElement("li"), sheet = document.createElement("canvas"), cut = document.createElement("button");
  const name = said(`say${picture.shows[0].toUpperCase()}${picture.shows.slice(1)}`);
  sheet.setAttribute("role", "img");
  sheet.setAttribute("aria-label", `${name} ${picture.name}`);
  createImageBitmap(new Blob([picture.data], { type: picture.type })).then((image) => {
    sheet.width = 240;
    sheet.height = Math.round((240 * image.height) / image.width);
    sheet.getContext("2d").drawImage(image, 0, 0, sheet.width, sheet.height);
  }).catch(() => {});
  cut.type = "button";
  cut.className = "h-link";
  cut.textContent = said("sayRemove");
  cut.setAttribute("aria-label", `${said("sayRemove")} ${name} ${picture.name}`);
  cut.addEventListener("click", () => {
    current.pictures = current.pictures.filter((one) => one !== picture);
    showPictures();
    showCounts();
    keep();
  });
  line.append(sheet, `${name} `, cut);
  return line;
}

function startSigning() {
  const sheet = part("signature"), pen = sheet.getContext("2d");
  let drawing = false;
  const at = (event) => {
    const box = sheet.getBoundingClientRect();
    return [((event.clientX - box.left) * sheet.width) / box.width, ((event.clientY - box.top) * sheet.height) / box.height];
  };
  const clear = () => {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, sheet.width, sheet.height);
    sheet.dataset.drawn = "";
  };
  sheet.addEventListener("pointerdown", (event) => {
    drawing = true;
    sheet.setPointerCapture(event.pointerId);
    pen.beginPath();
    pen.moveTo(...at(event));
  });
  sheet.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    pen.lineWidth = 5;
    pen.lineCap = pen.lineJoin = "round";
    pen.lineTo(...at(event));
    pen.stroke();
    sheet.dataset.drawn = "yes";
  });
  for (const end of ["pointerup", "pointercancel"]) sheet.addEventListener(end, () => { drawing = false; });
  part("sign").addEventListener("click", () => { part("signing").hidden = false; clear(); });
  part("sign-again").addEventListener("click", clear);
  part("signed").addEventListener("click", () => {
    if (!sheet.dataset.drawn) return;
    part("signing").hidden = true;
    sheet.toBlob((blob) => addPicture("signature", blob, `${said("saySignature")}.png`), "image/png");
  });
}

/* ── sending ── */
function send() {
  sending = sending ? sending.then(sendAll) : sendAll();
  return sending;
}

async function sendAll() {
  const token = await askStanding();
  if (!token) return showHere();
  for (const visit of (await own()).filter((one) => one.state === "waiting")) {
    const answer = await reach(said("send"), { method: "POST", headers: { "X-CSRFToken": token }, body: packed(visit), redirect: "manual" }, 4 * PATIENCE);
    if (!(await settle(visit, answer))) break;
  }
  return showHere();
}

/* who is signed in now; empty when the house is not reached, or somebody else or nobody is */
async function askStanding() {
  const answer = await reach(said("standing"), { redirect: "manual" });
  part("offline").hidden = Boolean(answer);
  if (!answer) return "";
  const ended = answer.type === "opaqueredirect";
  part("expired").hidden = !ended;
  if (ended || !answer.ok) return "";
  const told = await answer.json().catch(() => null);
  if (!told) return "";
  localStorage.setItem("hearth-account", told.account);
  await showWhose();
  return told.account === account ? told.token : "";
}

function packed(visit) {
  const body = new FormData();
  const { values } = visit;
  body.set("visit", JSON.stringify({ key: visit.key, account, shows: visit.pictures.map((one) => one.shows), ...values }));
  for (const one of visit.pictures) body.append("picture", new Blob([one.data], { type: one.type }), one.name);
  return body;
}

/* whether the next one may be sent: what the house has taken leaves the device, what it refuses stays with the reason */
async function settle(visit, answer) {
  if (!answer || answer.type === "opaqueredirect" || answer.status >= 500) return false;
  if (answer.ok) {
    const { number, href } = await answer.json();
    await put("sent", { key: visit.key, account, number, href, at: new Date().toISOString() });
    await drop("visits", [visit.key]);
    return true;
  }
  const told = await answer.json().catch(() => ({}));
  visit.state = "wrong";
  visit.reason = told.reason || (answer.status === 413 ? said("sayTooBig") : said("sayMayNot"));
  await put("visits", visit);
  return true;
}

/* ── what lies on the device ── */
const own = async () => (await all("visits")).filter((one) => one.account === account).sort((a, b) => (a.at < b.at ? -1 : 1));

async function showHere() {
  const here = (await own()).filter((one) => one.key !== current.key || one.state !== "draft");
  const sent = (await all("sent")).filter((one) => one.account === account).sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, 5);
  part("here").replaceChildren(...here.map(line), ...sent.map(sentLine));
  part("here").dataset.waiting = here.filter((one) => one.state === "waiting").length;
  part("none").hidden = here.length + sent.length > 0;
  document.querySelector("[data-count=here]").textContent = here.length ? `：${here.length}` : "";
}

function state(look, word) {
  return Object.assign(document.createElement("span"), { className: `st st-${look}`, textContent: word });
}

function button(word, act) {
  const found = Object.assign(document.createElement("button"), { type: "button", className: "h-link", textContent: word });
  found.addEventListener("click", act);
  return found;
}

function line(visit) {
  const item = document.createElement("li"), values = visit.values.values;
  const looks = { draft: ["run", "sayDraft"], waiting: ["wait", "sayWaiting"], wrong: ["late", "sayWrong"] };
  const [look, word] = looks[visit.state];
  const more = [clock(visit.at), visit.pictures.length && said("sayPictures").replace("0", visit.pictures.length)].filter(Boolean);
  const about = Object.assign(document.createElement("span"), { className: "h-quiet small", textContent: more.join("，") });
  item.append(`${values.name || said("sayNobody")}　${values.unit}　`, state(look, said(word)), document.createElement("br"), about);
  if (visit.reason) item.append(Object.assign(document.createElement("p"), { className: "h-err mb-1", textContent: visit.reason }));
  const acts = Object.assign(document.createElement("p"), { className: "h-btns mb-0" });
  if (visit.state !== "waiting") acts.append(button(said(visit.state === "draft" ? "sayGoOn" : "sayMend"), () => goOn(visit.key)));
  const gone = button(said("sayDelete"), async () => {
    if (gone.textContent === said("sayDelete")) { gone.textContent = said("sayReally"); return; }
    await drop("visits", [visit.key]);
    await showHere();
  });
  acts.append(gone);
  item.append(acts);
  return item;
}

function sentLine({ number, href, at }) {
  const item = document.createElement("li");
  item.append(`${said("sayNumber")} ${number}　`, state("done", said("saySent")), document.createElement("br"));
  item.append(Object.assign(document.createElement("span"), { className: "h-quiet small", textContent: `${clock(at)} ` }));
  item.append(Object.assign(document.createElement("a"), { href, textContent: said("sayLook") }));
  return item;
}

async function goOn(key) {
  await putAway();
  const visit = await get("visits", key);
  if (!visit) return showHere();
  visit.state = "draft";
  await put("visits", visit);
  show(visit);
  await showHere();
  form.scrollIntoView();
}

/* what is being written stays on the device, unless nothing was written */
async function putAway() {
  await saving;
  if (current.values) await keep();
}

async function another() {
  await putAway();
  show(fresh());
  await showHere();
}

/* the page of one account shows nothing once another one, or nobody, is signed in on this device */
async function showWhose() {
  const ours = localStorage.getItem("hearth-account") === account;
  part("locked").hidden = ours || !part("expired").hidden;
  part("open").hidden = !ours;
  return ours;
}

function addListeners() {
  form.addEventListener("submit", finish);
  form.addEventListener("input", (event) => {
    const row = event.target.closest(".h-again"), { name } = event.target;
    if (name === "due") delete event.target.dataset.given;
    if (name === "urgency") dueOf(row);
    if (name === "matter") { showPrivate(row); if (event.target.value) write(row, { kind: "life" }); }
    if (name === "name") fillIn(event.target.value);
    showCounts();
    keepSoon();
  });
  document.addEventListener("click", (event) => {
    const { add } = event.target.dataset;
    if (add) addRow(add).querySelector("input, textarea, select").focus();
    const cut = event.target.closest("[data-cut]");
    if (cut) cut.closest(".h-again").remove();
    if (add || cut) { showCounts(); keepSoon(); }
  });
  for (const id of ["photos", "receipt"]) part(id).addEventListener("change", take);
  part("now").addEventListener("click", send);
  part("another").addEventListener("click", another);
  window.addEventListener("online", send);
  window.addEventListener("offline", () => { part("offline").hidden = false; });
  document.addEventListener("visibilitychange", () => { if (document.hidden && current.values) keep(); });
  setInterval(async () => { if ((await own()).some((one) => one.state === "waiting")) await send(); }, AGAIN);
}

function fillIn(name) {
  const known = Array.from(part("people").options).filter((one) => one.value === name);
  if (known.length === 1) write(form, { unit: known[0].dataset.unit, title: known[0].dataset.title, field: known[0].dataset.field });
}

async function begin() {
  const drafts = (await own()).filter((one) => one.state === "draft");
  show(drafts.at(-1) || fresh());
  addListeners();
  startSigning();
  await showWhose();
  await showHere();
  await send();
  await keepPage(said("worker"), said("scope"));
  field.dataset.kept = "yes";
}

begin();
