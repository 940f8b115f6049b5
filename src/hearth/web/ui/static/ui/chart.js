/* Draws each [data-chart] from the table that says the same, then folds the table. */
"use strict";

/* the page's own face by name: widths of words are measured outside the page, where "inherit" means nothing */
const INK = { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 14, color: "#4b575d" };
const LINES = [
  { width: 3, color: "#0b5c66" },
  { width: 2, color: "#6b767b", type: "dashed" },
  { width: 2, color: "#963b00", type: "dotted" },
  { width: 2, color: "#2f7480" },
];
const BARS = ["#0b5c66", "#4f8a94", "#4b575d", "#963b00"];

function read(table) {
  const rows = Array.from(table.tBodies[0].rows);
  const names = Array.from(table.tHead.rows[0].cells, (cell) => cell.textContent.trim());
  return {
    categories: rows.map((row) => row.cells[0].textContent.trim()),
    series: names.slice(1).map((name, at) => ({ name, values: rows.map((row) => number(row.cells[at + 1])) })),
  };
}

function number(cell) {
  const text = cell.textContent.replace(/[^0-9.+-]/g, "");
  return text === "" ? null : Number(text);
}

function line({ name, values }, at) {
  const style = LINES[at % LINES.length];
  return {
    type: "line", name, data: values, symbol: "none", lineStyle: style, itemStyle: { color: style.color },
    endLabel: { ...INK, show: true, color: style.color, formatter: "{a} {c}" },
  };
}

function bars({ name, values }, at) {
  return { type: "bar", name, data: values, barMaxWidth: 28, itemStyle: { color: BARS[at % BARS.length] } };
}

function option(figure) {
  const { categories, series } = read(figure.querySelector("table"));
  const isLine = figure.dataset.chart === "line";
  const most = figure.dataset.most ? Number(figure.dataset.most) : null;
  return {
    animation: false, textStyle: INK,
    legend: { show: !isLine && series.length > 1, top: 0, textStyle: INK },
    grid: { left: 8, right: isLine ? 84 : 8, top: isLine || series.length < 2 ? 12 : 40, bottom: 4, containLabel: true },
    xAxis: { type: "category", data: categories, axisTick: { show: false }, axisLine: { lineStyle: { color: "#7f898d" } }, axisLabel: { ...INK, hideOverlap: true, padding: [0, 6] } },
    yAxis: {
      type: "value", max: most, interval: most && most / 2, splitNumber: 3, axisLabel: INK, splitLine: { lineStyle: { color: "#dde0dc" } },
    },
    series: series.map(isLine ? line : bars),
  };
}

function draw(figure) {
  const place = figure.querySelector("[role=img]");
  place.hidden = false;
  figure.querySelector("details").open = false;
  const chart = echarts.init(place, null, { renderer: "svg" });
  chart.setOption(option(figure));
  new ResizeObserver(() => chart.resize()).observe(place);
}

function drawAll(root) {
  for (const figure of root.querySelectorAll("[data-chart]")) draw(figure);
}

document.addEventListener("htmx:afterSwap", (event) => drawAll(event.target));
drawAll(document);
