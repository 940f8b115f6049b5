/* The door: scans tickets, tells at once who may come in, and loses nothing when the network goes.
   Everything done is first kept on the phone under a key of its own and leaves it when the house has answered for that key. */
"use strict";

const door = document.getElementById("door");
const said = (name) => door.dataset[name] || "";
const part = (id) => document.getElementById(id);
const TOLD_WITHIN = 2500, SAME_CODE = 4000, LOOK_EVERY = 160, AGAIN = 5000;
const MOST = Number(door.dataset.most), AT_ONCE = Number(door.dataset.atOnce);
const COUNTS = `hearth-door-counts-${door.dataset.event}`;
let counts = { arrived: Number(door.dataset.arrived), expected: Number(door.dataset.expected) };
let last = null, leaving = false, trouble = "", seen = { code: "", at: 0 }, sending = null;
const answers = new Map();

const { kept, all, get, put, drop } = keepIn(`hearth-door-${door.dataset.event}`, {
  queue: { keyPath: "at_number", autoIncrement: true },
  tickets: { keyPath: "code" },
  inside: { keyPath: "code" },
});

/* ── doing something: keep it, send it, tell ── */
async function act(kind, what, people = 1) {
  const done = { key: newKey(), act: kind, said: what, people, entrance: part("entrance").value.trim(), at: new Date().toISOString(), offline: false };
  done.at_number = await put("queue", done);
  await Promise.race([send(), new Promise((resolve) => setTimeout(resolve, TOLD_WITHIN))]);
  const answer = answers.get(done.key);
  answers.delete(done.key);
  if (answer) await tellAnswer(done, answer);
  else await tellAlone(done);
  await showCounts();
}

async function tellAnswer(done, answer) {
  const people = said("sayPeople").replace("0", answer.people);
  const who = answer.name || (done.act === "walk_in" ? said("sayWalkIn") : "");
  const words = {
    admitted: ["in", "wordIn", `${answer.unit} ${people}`],
    twice: ["twice", "wordTwice", `${answer.unit} ${before(answer)}`],
    unknown: ["no", "wordNo", said("sayUnknown")],
    elsewhere: ["no", "wordNo", said("sayElsewhere") + answer.elsewhere],
    not_held: ["no", "wordNo", said("sayNotHeld")],
    left: ["kept", "wordOut", `${answer.unit} ${people}`],
    back: ["in", "wordIn", said("sayBack")],
    not_in: ["no", "wordNo", said("sayNotIn")],
    undone: ["kept", "wordUndone", said("sayUndo")],
  };
  const [look, word, why] = words[answer.verdict];
  if (answer.verdict === "admitted" && done.act === "in") await put("inside", { code: done.said });
  if (done.act === "undo" && last && last.act === "in") await drop("inside", [last.said]);
  tell(look, said(word), who, why);
  part("back").hidden = answer.verdict !== "twice";
  part("back").dataset.code = done.said;
  remember(["admitted", "left", "back"].includes(answer.verdict) ? done : null);
}

/* without an answer the phone says what it knows; the house has the last word later */
async function tellAlone(done) {
  const ticket = await get("tickets", done.said);
  const inside = await get("inside", done.said);
  const known = ticket || { name: "", unit: "", party: done.people };
  done.offline = true;
  part("back").hidden = true;
  if (done.act === "undo") {
    if (last && last.act === "in") await drop("inside", [last.said]);
    await put("queue", done);
    tell("kept", said("wordUndone"), "", said("sayKept"));
    return remember(null);
  }
  if (done.act === "in" && (!ticket || inside)) {
    await put("queue", done); // the refused are told to the house too
    if (inside) tell("twice", said("wordTwice"), known.name, `${known.unit} ${said("sayLocal")}`);
    else tell("no", said("wordNo"), "", said("sayMissing"));
    part("back").hidden = !inside;
    part("back").dataset.code = done.said;
    return remember(null);
  }
  done.counted = done.act === "in" ? known.party : done.act === "walk_in" ? done.people : 0;
  if (done.act === "in") await put("inside", { code: done.said });
  await put("queue", done);
  const who = done.act === "walk_in" ? said("sayWalkIn") : known.name;
  tell("kept", said(done.act === "out" ? "wordOut" : "wordIn"), who, `${known.unit} ${said("sayPeople").replace("0", done.counted || known.party)} ${said("sayKept")}`);
  remember(done);
}

function before(answer) {
  const at = answer.first_at ? new Date(answer.first_at).toTimeString().slice(0, 5) : "";
  return `${at} ${answer.first_entrance} ${said("sayBefore")}`;
}

function tell(look, word, who, why) {
  const box = part("say");
  box.className = `h-say ${look}`;
  part("word").textContent = word;
  part("who").textContent = who;
  part("why").textContent = why;
  if (navigator.vibrate) navigator.vibrate(look === "in" || look === "kept" ? 80 : [120, 80, 120]);
  beep(look === "in" || look === "kept" ? 880 : 220);
}

function remember(done) {
  last = done;
  part("undo").disabled = !done;
}

let sound = null;
function beep(pitch) {
  if (!sound) return;
  const tone = sound.createOscillator();
  tone.frequency.value = pitch;
  tone.connect(sound.destination);
  tone.start();
  tone.stop(sound.currentTime + 0.12);
}

/* ── sending ── */
function send() {
  sending = sending ? sending.then(sendAll) : sendAll();
  return sending;
}

async function sendAll() {
  for (;;) {
    const waiting = await all("queue", AT_ONCE);
    if (!waiting.length) { showNet(true); return; }
    const answer = await ask(said("scans"), { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ scans: waiting.map(bare) }) });
    if (!answer) return;
    for (const one of answer.answers) answers.set(one.key, one);
    know(answer);
    for (const { key, at_number } of waiting) {
      const one = await get("queue", at_number); // what was told alone meanwhile stands there now
      if (!one || !one.offline) continue;
      if (one.counted) tellDouble(one, answers.get(key));
      answers.delete(key);
    }
    await drop("queue", waiting.map((one) => one.at_number));
    await showCounts();
  }
}

const bare = ({ key, act: kind, said: what, people, entrance, at, offline }) => ({ key, act: kind, said: what, people, entrance, at, offline });

async function ask(address, options) {
  const answer = await reach(address, options);
  showNet(Boolean(answer));
  if (!answer) return null;
  trouble = answer.status === 404 ? said("sayEnded") : answer.status === 400 ? said("sayOld") : "";
  return answer.ok ? answer.json().catch(() => null) : null;
}

/* let in while there was no network, and the house knows that the ticket had come already */
function tellDouble(done, answer) {
  if (!answer || answer.verdict === "admitted") return;
  const line = document.createElement("p");
  line.textContent = `${said("sayDouble")}${answer.name || done.said} ${before(answer)}`;
  part("double").hidden = false;
  part("double").append(line);
}

async function fetchTickets() {
  const answer = await ask(said("tickets"), {});
  if (!answer) return;
  await kept("tickets", "readwrite", (rows) => {
    rows.clear();
    for (const [code, name, unit, party] of answer.tickets) rows.put({ code, name, unit, party });
  });
  know(answer);
  await showCounts();
}

function know({ arrived, expected }) {
  counts = { arrived, expected };
  localStorage.setItem(COUNTS, JSON.stringify(counts));
}

/* ── what is shown ── */
function showNet(reached) {
  part("net").textContent = said(reached && navigator.onLine ? "sayOnline" : "sayOffline");
  part("clock").textContent = new Date().toTimeString().slice(0, 5);
}

async function showCounts() {
  const waiting = await all("queue");
  const here = waiting.reduce((sum, one) => sum + (one.counted || 0), 0);
  part("arrived").textContent = counts.arrived + here;
  part("expected").textContent = counts.expected;
  part("queue").textContent = trouble || (waiting.length ? said("sayWaiting").replace("0", waiting.length) : said("saySent"));
  part("queue").dataset.waiting = waiting.length;
}

/* ── the camera ── */
async function look() {
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    const eye = part("eye");
    eye.srcObject = stream;
    eye.hidden = false;
    part("start").hidden = true;
    await eye.play();
    const read = await reader();
    setInterval(async () => {
      if (eye.readyState < 2) return;
      const found = await read(eye);
      if (found) scanned(found);
    }, LOOK_EVERY);
  } catch {
    part("aim").textContent = said("sayNoCamera");
  }
  try { sound = new AudioContext(); } catch { sound = null; }
}

async function reader() {
  if ("BarcodeDetector" in window && (await BarcodeDetector.getSupportedFormats()).includes("qr_code")) {
    const own = new BarcodeDetector({ formats: ["qr_code"] });
    return async (eye) => (await own.detect(eye).catch(() => []))[0]?.rawValue;
  }
  await fetchReader();
  const sheet = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  return async (eye) => {
    const scale = Math.min(1, 640 / eye.videoWidth);
    sheet.canvas.width = eye.videoWidth * scale;
    sheet.canvas.height = eye.videoHeight * scale;
    sheet.drawImage(eye, 0, 0, sheet.canvas.width, sheet.canvas.height);
    const picture = sheet.getImageData(0, 0, sheet.canvas.width, sheet.canvas.height);
    return jsQR(picture.data, picture.width, picture.height, { inversionAttempts: "dontInvert" })?.data;
  };
}

function fetchReader() {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = said("reader");
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
}

const codeOf = (text) => text.replace(/[\s-]/g, "").toUpperCase();

function scanned(text) {
  const code = codeOf(text), now = Date.now();
  if (code === seen.code && now - seen.at < SAME_CODE) { seen.at = now; return; }
  seen = { code, at: now };
  act(leaving ? "out" : "in", code);
}

/* ── by hand ── */
async function find(event) {
  event.preventDefault();
  const typed = part("said").value.trim(), list = part("found");
  list.replaceChildren();
  if (!typed) return;
  const tickets = await all("tickets");
  const hits = tickets.filter((one) => one.code === codeOf(typed) || one.name.includes(typed) || one.unit.includes(typed)).slice(0, 8);
  if (hits.length === 1 && hits[0].code === codeOf(typed)) return choose(hits[0].code);
  if (!hits.length && /^[0-9A-Za-z -]{8,10}$/.test(typed)) return choose(codeOf(typed));
  for (const one of hits) list.append(hit(one));
  if (!hits.length) list.append(Object.assign(document.createElement("li"), { textContent: said("sayNobody") }));
}

function hit(one) {
  const line = document.createElement("li"), button = document.createElement("button");
  button.type = "button";
  button.className = "btn h-big";
  button.textContent = `${one.name} ${one.unit} ${said("sayPeople").replace("0", one.party)}`;
  button.addEventListener("click", () => choose(one.code));
  line.append(button);
  return line;
}

function choose(code) {
  part("found").replaceChildren();
  part("said").value = "";
  return act(leaving ? "out" : "in", code);
}

function walkIn(event) {
  event.preventDefault();
  const people = Math.min(Math.max(Number.parseInt(part("people").value, 10) || 1, 1), MOST);
  part("people").value = "1";
  act("walk_in", "", people);
}

function begin() {
  if (!navigator.onLine && localStorage.getItem(COUNTS)) counts = JSON.parse(localStorage.getItem(COUNTS));
  const entrance = part("entrance");
  entrance.value = localStorage.getItem("hearth-door-entrance") || "";
  entrance.addEventListener("change", () => localStorage.setItem("hearth-door-entrance", entrance.value.trim()));
  part("start").addEventListener("click", look);
  part("find").addEventListener("submit", find);
  part("walk").addEventListener("submit", walkIn);
  part("back").addEventListener("click", (event) => act("back", event.currentTarget.dataset.code));
  part("undo").addEventListener("click", () => last && act("undo", last.key));
  part("leaving").addEventListener("click", (event) => {
    leaving = !leaving;
    event.currentTarget.setAttribute("aria-pressed", leaving);
  });
  window.addEventListener("online", () => send());
  window.addEventListener("offline", () => showNet(false));
  setInterval(async () => { if ((await all("queue", 1)).length) await send(); else showNet(navigator.onLine); }, AGAIN);
  setInterval(fetchTickets, 12 * AGAIN);
  keepPage(said("worker"), "/door/", [new URL(said("reader"), location.href).href]).then(() => { door.dataset.kept = "yes"; });
  showNet(navigator.onLine);
  showCounts().then(send).then(fetchTickets);
}

begin();
