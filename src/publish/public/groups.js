// The page of districts: which a school belongs to, and who is in it.
const called = (text) => (text ? text[language] : "");
const own = (list) => (list || []).filter(Boolean).join(" · ");
const entries = [
  ...data.districts.map((district, position) => ({
    kind: "district", position, name: district.n, more: own(district.c), keys: [district.n, district.i].map(plain), letters: district.p,
  })),
  ...data.schools.map((school, position) => ({
    kind: "school", position, name: school.n, more: own([school.c, school.t, ...school.a]), keys: [school.n, school.i, ...school.a].map(plain), letters: school.p,
  })),
];
const home = (school) => school.d.findIndex((district) => district !== null);
const membersOf = (district) => (district.l === null ? [] : [district.l]).concat(district.m);

function to(kind, position, name) {
  const button = element("button", name, "link");
  button.type = "button";
  button.addEventListener("click", () => choose(kind, position, true));
  return button;
}

function pairWith(list, term, nodes) {
  const cell = element("dd");
  nodes.forEach((node, position) => cell.append(...(position ? [" ", node] : [node])));
  list.append(element("dt", term), cell);
}

function describe(list, district) {
  const say = (term, text) => { if (text) pair(list, words()[term], text); };
  say("kind", called(district.k));
  const school = (position) => to("school", position, data.schools[position].n);
  if (district.l !== null) pairWith(list, called(district.lr), [school(district.l)]);
  if (district.m.length) pairWith(list, called(district.mr), district.m.map(school));
  say("schools", String(membersOf(district).length));
  say("county", own(district.c));
  say("year", district.y);
  say("governance", called(district.o));
  say("approval", called(district.w));
  say("status", called(district.s));
  say("approved", district.a);
}

function show() {
  const card = cleared();
  if (chosen === null) return;
  const { kind, position } = chosen;
  const thing = (kind === "school" ? data.schools : data.districts)[position];
  card.append(element("h2", thing.n));
  const shown = kind === "school" ? thing.d : [position];
  if (kind === "school") {
    const more = own([thing.c, thing.t, ...thing.a]);
    if (more) card.append(element("p", more, "note"));
    if (home(thing) < 0) card.append(element("p", words().outside, "school"));
  }
  const several = kind === "school" && shown.filter((district) => district !== null).length > 1;
  shown.forEach((number, of) => {
    if (number === null) return;
    const district = data.districts[number];
    if (several) card.append(element("h3", data.stages[of].name[language]));
    const list = element("dl");
    if (kind === "school") {
      pairWith(list, words().district, [to("district", number, district.n)]);
      pair(list, words().role, called(district.l === position ? district.lr : district.mr), "school");
    }
    describe(list, district);
    card.append(list);
  });
  const names = shown.filter((number) => number !== null).map((number) => data.districts[number].n).join(" / ");
  comment(card, { id: thing.i, name: thing.n, district: names || words().none }, kind);
  printer(card);
  const there = kind === "school" ? thing.d[stage] : position;
  for (const mark of map.querySelectorAll(".lines path, .school")) {
    const isOwn = there !== null && mark.dataset.d === String(there);
    mark.classList.toggle("dim", !isOwn && mark.dataset.s !== String(kind === "school" ? position : ""));
  }
  if (kind === "school") for (const mark of map.querySelectorAll(`.school[data-s="${position}"]`)) mark.classList.add("chosen");
}

function choose(kind, position, byList) {
  chosen = { kind, position };
  const of = kind === "district" ? data.districts[position].g : data.schools[position].d[stage] === null ? home(data.schools[position]) : stage;
  if (of >= 0 && of !== stage) { stage = of; controls(); table(); }
  layers();
  show();
  byId("card").focus({ preventScroll: !byList });
  const found = kind === "school" ? `.school[data-s="${position}"] circle` : `.school[data-d="${position}"] circle`;
  const circles = [...map.querySelectorAll(found)].filter((circle) => !circle.closest("[hidden]"));
  if (!byList || circles.length === 0) return;
  const at = circles.map((circle) => circle.getBBox()).map((box) => [box.x + box.width / 2, box.y + box.height / 2]);
  const range = (axis) => [Math.min(...at.map((place) => place[axis])), Math.max(...at.map((place) => place[axis]))];
  const [[left, right], [top, bottom]] = [range(0), range(1)];
  const wide = Math.max(right - left, ((bottom - top) * whole.width) / whole.height);
  look((left + right) / 2, (top + bottom) / 2, Math.max(whole.width / 5, 1.6 * wide));
}

function layers() {
  for (const layer of map.querySelectorAll("[data-layer]")) layer.toggleAttribute("hidden", layer.dataset.layer !== data.stages[stage].id);
}

function table() {
  const select = byId("county");
  const counties = [...new Set(data.districts.flatMap((district) => district.c))].sort((one, other) => one.localeCompare(other, "zh-CN"));
  byId("only").hidden = counties.length < 2;
  const before = select.value;
  select.replaceChildren(...["", ...counties].map((name) => {
    const option = element("option", name || words()["all-counties"]);
    option.value = name;
    return option;
  }));
  select.value = before;
  if (!document.querySelector("#all details").open) return;
  const columns = [
    ["district", (district) => district.n], ["county", (district) => own(district.c)], ["kind", (district) => called(district.k)],
    ["lead", (district) => (district.l === null ? "" : data.schools[district.l].n)],
    ["members", (district) => district.m.map((school) => data.schools[school].n).join(words().between)],
    ["schools", (district) => String(membersOf(district).length)], ["year", (district) => district.y || ""],
    ["governance", (district) => called(district.o)], ["approval", (district) => called(district.w)],
    ["status", (district) => called(district.s)],
  ];
  const listed = data.districts.filter((district) => district.g === stage && (!select.value || district.c.includes(select.value)));
  const first = (district) => district.c[0] || "";
  listed.sort((one, other) => first(one).localeCompare(first(other), "zh-CN"));
  const told = columns.filter(([, says]) => data.districts.some((district) => says(district) !== ""));
  fillTable(told.map(([head]) => head), listed.map((district) => told.map(([, says]) => says(district))));
}

function click(target) {
  const school = target.closest(".school");
  if (school) choose("school", Number(school.dataset.s), false);
}

byId("county").addEventListener("change", table);
begin();
// A link may name a school or a district: index.html#S12.
const linked = (things) => things.findIndex((thing) => "#" + encodeURIComponent(thing.i) === location.hash);
for (const [kind, things] of [["district", data.districts], ["school", data.schools]]) {
  if (chosen === null && linked(things) >= 0) choose(kind, linked(things), true);
}
