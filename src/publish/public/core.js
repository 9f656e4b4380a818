// What every page has: searching, the card's parts, moving the map, the choice of language. The page's own script, which
// follows, has `entries` to be searched, and `choose`, `show`, `layers`, `table` and `click`; its last word is `begin()`.
const data = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);
const map = byId("map");
const FIRST = 30;
let most = FIRST;
let language = data.language;
let stage = 0;
let chosen = null;
const words = () => data.words[language];
const tags = Object.keys(data.words);
const next = () => tags[(tags.indexOf(language) + 1) % tags.length];
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? values[key] : whole));
const element = (name, text, className) => {
  const made = document.createElement(name);
  if (text !== undefined && text !== null) made.textContent = text;
  if (className) made.className = className;
  return made;
};
const plain = (text) => (text || "").normalize("NFKC").toLowerCase().replace(/[\s·,，。、.\-—()（）\[\]]/g, "");
const rank = (entry, asked) => {
  if (entry.keys[0] === asked) return 0;
  if (entry.keys[0].startsWith(asked) || entry.keys.includes(asked)) return 1;
  if (entry.letters.some((letters) => letters.startsWith(asked))) return 2;
  if (entry.keys.some((key) => key.includes(asked))) return 3;
  return asked.length > 1 && entry.letters.some((letters) => letters.includes(asked)) ? 4 : 9;
};

function search() {
  const asked = plain(byId("query").value);
  const list = byId("results");
  list.replaceChildren();
  byId("count").textContent = "";
  if (!asked) return;
  const found = entries.map((entry) => [rank(entry, asked), entry]).filter(([value]) => value < 9);
  found.sort((first, second) => first[0] - second[0] || first[1].name.length - second[1].name.length);
  byId("count").textContent = found.length === 0 ? words().nothing : fill(words().candidates, { count: found.length });
  for (const [, entry] of found.slice(0, most)) {
    const button = element("button", entry.name + " ");
    button.type = "button";
    const kind = words()["kind-" + entry.kind];
    button.append(element("small", [kind, entry.more].filter(Boolean).join(" · ")));
    button.addEventListener("click", () => choose(entry.kind, entry.position, true));
    const item = element("li");
    item.append(button);
    list.append(item);
  }
  if (found.length > most) {
    const more = element("button", fill(words().more, { count: found.length - most }));
    more.type = "button";
    more.className = "more";
    more.addEventListener("click", () => {
      const before = most;
      most = found.length;
      search();
      list.querySelectorAll("button")[before].focus();
    });
    const item = element("li");
    item.append(more);
    list.append(item);
  }
}

function pair(list, term, description, className) {
  list.append(element("dt", term), element("dd", description, className));
}

// How to comment on a thing: `own` has what is filled into the sentences, `named` what a form on the web is told of it.
function comment(card, own, named) {
  const way = data.contact;
  if (!(way.email || way.url || way.phone || way.address)) return;
  card.append(element("h3", words().comment));
  const subject = fill(words()["comment-subject"], own);
  card.append(element("p", fill(words()["comment-name"], own)));
  const line = (node) => { const row = element("p"); row.append(node); card.append(row); };
  if (way.email) {
    const link = element("a", words()["comment-mail"] + " " + way.email);
    link.href = "mailto:" + encodeURIComponent(way.email).replace("%40", "@") + "?subject=" + encodeURIComponent(subject) +
      "&body=" + encodeURIComponent(fill(words()["comment-body"], own));
    line(link);
  }
  if (way.url && /^https?:/.test(way.url)) {
    const link = element("a", way.url);
    link.href = way.url + (way.url.includes("?") ? "&" : "?") + named + "=" + encodeURIComponent(own.id);
    line(link);
  }
  for (const text of [way.phone, way.address]) if (text) line(element("span", text));
}

function printer(card) {
  const print = element("button", words().print);
  print.type = "button";
  print.id = "print";
  print.addEventListener("click", () => window.print());
  card.append(print);
}

// The card without what it held, and the map without what was chosen on it.
function cleared() {
  const card = byId("card");
  for (const old of map.querySelectorAll(".chosen")) old.classList.remove("chosen");
  for (const old of map.querySelectorAll(".dim")) old.classList.remove("dim");
  card.hidden = chosen === null;
  card.replaceChildren();
  return card;
}

// Fills the table: the heads by their words, and of each row the cells, of which the first names it.
function fillTable(heads, rows) {
  byId("head").replaceChildren(...heads.map((head) => { const cell = element("th", words()[head]); cell.scope = "col"; return cell; }));
  byId("rows").replaceChildren(...rows.map(([name, ...cells]) => {
    const row = element("tr");
    const first = element("th", name);
    first.scope = "row";
    row.append(first, ...cells.map((cell) => element("td", cell)));
    return row;
  }));
}

function controls() {
  const group = byId("stage");
  for (const old of group.querySelectorAll("label")) old.remove();
  data.stages.forEach((of, number) => {
    const label = element("label");
    const input = element("input");
    Object.assign(input, { type: "radio", name: "stage", value: String(number), checked: number === stage });
    input.addEventListener("change", () => { stage = number; layers(); show(); table(); });
    label.append(input, element("span", of.name[language]));
    group.append(label);
  });
  group.hidden = data.stages.length < 2;
}

function speak() {
  document.documentElement.lang = language;
  document.title = words().title;
  byId("title").textContent = words().title;
  byId("maptitle").textContent = words().title;
  byId("language").textContent = data.words[next()].language;
  byId("language").lang = next();
  for (const node of document.querySelectorAll("[data-w]")) node.textContent = words()[node.dataset.w];
  for (const node of document.querySelectorAll("[data-label]")) {
    node.setAttribute("aria-label", words()[node.dataset.label]);
    node.title = words()[node.dataset.label];
  }
  controls();
  search();
  layers();
  show();
  table();
}

const [x, y, width, height] = map.getAttribute("viewBox").split(" ").map(Number);
const whole = { x, y, width, height };
const view = { ...whole };
const marks = [...map.querySelectorAll(".school")].map((group) => {
  const [mark, text] = group.children;
  const [atX, atY] = ["cx", "cy"].map((name) => Number(mark.getAttribute(name)));
  const away = (name, from) => Number(text.getAttribute(name)) - from;
  const radius = Number(mark.getAttribute("r"));
  return { mark, text, radius, x: atX, y: atY, right: away("x", atX), down: away("y", atY) };
});
function apply() {
  map.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.height}`);
  const scale = whole.width / view.width;
  map.classList.toggle("close", scale > 2.2);
  byId("frame").classList.toggle("near", scale > 1.05);
  // On a telephone names are larger, and wait until there is room for them.
  const shrunk = Math.max(1, Math.min(2.4, (0.6 * whole.width) / map.clientWidth));
  map.classList.toggle("small", shrunk > 1.3 && marks.length > 12 && scale < 1.9);
  const smaller = shrunk / Math.sqrt(scale);
  for (const school of marks) {
    school.mark.setAttribute("r", school.radius * smaller);
    school.text.style.fontSize = `${15 * smaller}px`;
    school.text.style.strokeWidth = `${3 * smaller}px`;
    school.text.setAttribute("x", school.x + school.right * smaller);
    school.text.setAttribute("y", school.y + school.down * smaller);
  }
}
function look(atX, atY, wide) {
  view.width = Math.min(whole.width, Math.max(whole.width / 40, wide));
  view.height = view.width * whole.height / whole.width;
  view.x = Math.min(whole.x + whole.width - view.width, Math.max(whole.x, atX - view.width / 2));
  view.y = Math.min(whole.y + whole.height - view.height, Math.max(whole.y, atY - view.height / 2));
  apply();
}
const place = (event) => new DOMPoint(event.clientX, event.clientY).matrixTransform(map.getScreenCTM().inverse());
const zoom = (factor, at) => {
  const centre = at || { x: view.x + view.width / 2, y: view.y + view.height / 2 };
  const wide = factor === 0 ? whole.width : view.width * factor;
  const share = Math.min(whole.width, wide) / view.width;
  look(centre.x + (view.x + view.width / 2 - centre.x) * share, centre.y + (view.y + view.height / 2 - centre.y) * share, wide);
};
for (const button of document.querySelectorAll("[data-zoom]")) button.addEventListener("click", () => zoom(Number(button.dataset.zoom)));
map.addEventListener("wheel", (event) => {
  if (!event.ctrlKey && view.width >= whole.width && event.deltaY > 0) return;
  event.preventDefault();
  zoom(event.deltaY > 0 ? 1.25 : 0.8, place(event));
}, { passive: false });
const fingers = new Map();
let dragged = 0;
map.addEventListener("pointerdown", (event) => { fingers.set(event.pointerId, event); dragged = 0; });
map.addEventListener("pointermove", (event) => {
  const before = fingers.get(event.pointerId);
  if (!before) return;
  const unit = view.width / map.clientWidth;
  if (fingers.size === 2) {
    const [other] = [...fingers.values()].filter((finger) => finger.pointerId !== event.pointerId);
    const reach = (finger) => Math.hypot(finger.clientX - other.clientX, finger.clientY - other.clientY);
    if (reach(event) > 0) zoom(reach(before) / reach(event), place(event));
    dragged += 9;
  } else {
    const [right, down] = [event.clientX - before.clientX, event.clientY - before.clientY];
    dragged += Math.abs(right) + Math.abs(down);
    if (view.width < whole.width) look(view.x + view.width / 2 - right * unit, view.y + view.height / 2 - down * unit, view.width);
  }
  fingers.set(event.pointerId, event);
});
for (const end of ["pointerup", "pointercancel", "pointerleave"]) map.addEventListener(end, (event) => fingers.delete(event.pointerId));
map.addEventListener("click", (event) => {
  if (dragged < 6) click(event.target);
});
byId("frame").addEventListener("keydown", (event) => {
  const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  if (step) look(view.x + view.width * (0.5 + 0.2 * step[0]), view.y + view.height * (0.5 + 0.2 * step[1]), view.width);
  else if (event.key === "+" || event.key === "=") zoom(0.6);
  else if (event.key === "-") zoom(1.6);
  else if (event.key === "0") zoom(0);
  else return;
  event.preventDefault();
});
byId("query").addEventListener("input", () => { most = FIRST; search(); });
byId("query").addEventListener("keydown", (event) => {
  const first = byId("results").querySelector("button");
  if (event.key === "ArrowDown" && first) { event.preventDefault(); first.focus(); }
});
byId("results").addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  event.preventDefault();
  const buttons = [...byId("results").querySelectorAll("button")];
  const next = buttons.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
  (buttons[next] || byId("query")).focus();
});

function begin() {
  byId("language").addEventListener("click", () => {
    language = next();
    speak();
  });
  document.querySelector("#all details").addEventListener("toggle", table);
  speak();
  apply();
  window.addEventListener("resize", apply);
}
