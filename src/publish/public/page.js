// The page of catchments: which school a block goes to.
let scheme = "proposed";
const entries = [
  ...data.blocks.map((block, position) => ({
    kind: "block", position, name: block.n, more: [block.t, block.c, ...block.a, ...block.r].filter(Boolean).join(" · "),
    keys: [block.n, block.i, block.c, ...block.a, ...block.r].map(plain), letters: block.p,
  })),
  ...data.schools.map((school, position) => ({
    kind: "school", position, name: school.n, more: school.a.join(" · "), keys: [school.n, ...school.a].map(plain), letters: school.p,
  })),
];
const moved = (block) => block.s[stage] && block.s[stage][2] !== null && block.s[stage][2] !== block.s[stage][0];
const catchment = (school, of) => (data.schools[school].s[of] || [data.schools[school].n])[0];

function show() {
  const card = cleared();
  if (chosen === null) return;
  const { kind, position } = chosen;
  const thing = kind === "block" ? data.blocks[position] : data.schools[position];
  card.append(element("h2", thing.n));
  if (kind === "block") {
    const more = [thing.t, thing.c, thing.i, ...thing.a, ...thing.r].filter(Boolean).join(" · ");
    if (more) card.append(element("p", more, "note"));
  }
  data.stages.forEach((of, number) => {
    const said = thing.s[number];
    if (!said) return;
    if (data.stages.length > 1) card.append(element("h3", of.name[language]));
    const list = element("dl");
    if (kind === "school") {
      pair(list, words().school, said[0], "school");
      if (said[1]) pair(list, words().district, said[1]);
      pair(list, words().seats, String(said[2]));
      card.append(list);
      return;
    }
    const [school, metres, today, reason, across] = said;
    pair(list, words().school, catchment(school, number), "school");
    const district = (data.schools[school].s[number] || [])[1];
    if (district) pair(list, words().district, district);
    pair(list, words().distance, fill(words().metres, { metres }));
    pair(list, words()["how-far"], words().method, "note");
    if (of.existing) {
      if (today === null) pair(list, words().today, words().none);
      else if (today === school) pair(list, words().today, words().unchanged);
      else pair(list, words().today, fill(words().changed, { from: catchment(today, number), to: catchment(school, number) }), "changed");
    }
    pair(list, words().why, data.reasons[reason][language]);
    card.append(list);
    if (across.length) {
      const names = across.map((other) => catchment(other, number)).join(" / ");
      card.append(element("p", fill(words()["near-border"], { schools: names }) + " " + words().decides, "border"));
    }
  });
  if (kind === "block") {
    const schools = data.stages.map((of, number) => thing.s[number] && catchment(thing.s[number][0], number)).filter(Boolean);
    comment(card, { id: thing.i, name: thing.n, schools: schools.join(" / ") }, "block");
    const path = map.querySelector(`[data-b="${position}"]`);
    if (path) path.classList.add("chosen");
  }
  printer(card);
  const said = thing.s[stage];
  const school = kind === "school" ? position : said && (scheme === "existing" && said[2] !== null ? said[2] : said[0]);
  if (said && school !== null && school !== undefined) {
    for (const ground of map.querySelectorAll(".grounds path")) ground.classList.toggle("dim", ground.dataset.s !== String(school));
    for (const mark of map.querySelectorAll(`.school[data-s="${school}"]`)) mark.classList.add("chosen");
  }
}

function choose(kind, position, byList) {
  chosen = { kind, position };
  const thing = (kind === "block" ? data.blocks : data.schools)[position];
  if (!thing.s[stage]) {
    const other = thing.s.findIndex(Boolean);
    if (other >= 0) { stage = other; controls(); }
  }
  layers();
  show();
  byId("card").focus({ preventScroll: !byList });
  const path = kind === "block" ? map.querySelector(`[data-b="${position}"]`) : map.querySelector(`.school[data-s="${position}"] circle`);
  if (byList && path) {
    const box = path.getBBox();
    look(box.x + box.width / 2, box.y + box.height / 2, Math.min(view.width, Math.max(whole.width / 5, box.width * 4)));
  }
}

function layers() {
  const id = data.stages[stage].id;
  const known = data.stages[stage].existing;
  const shown = known && scheme === "existing" ? "existing" : "proposed";
  const changes = known && scheme === "changes";
  map.classList.toggle("changes", changes);
  for (const path of map.querySelectorAll("[data-b]")) path.classList.toggle("moved", changes && moved(data.blocks[path.dataset.b]));
  byId("changed").hidden = !changes;
  byId("changed").textContent = fill(words()["changes-note"], { count: data.stages[stage].moved });
  for (const layer of map.querySelectorAll("[data-layer]")) {
    const name = layer.dataset.layer;
    layer.toggleAttribute("hidden", name !== `${shown}-${id}` && name !== `schools-${id}`);
  }
  byId("scheme").hidden = !data.stages.some((of) => of.existing);
  for (const input of byId("scheme").querySelectorAll("input")) input.disabled = !known && input.value !== "proposed";
}

function table() {
  if (!document.querySelector("#all details").open) return;
  const existing = data.stages[stage].existing;
  byId("only").hidden = !existing;
  const only = existing && byId("only").querySelector("input").checked;
  const heads = ["block", "id", "town", "community", "school", "district", "distance"].concat(existing ? ["today"] : [], ["why", "near"]);
  const rows = data.blocks.filter((block) => block.s[stage] && (!only || moved(block))).map((block) => {
    const [school, metres, today, reason, across] = block.s[stage];
    const district = (data.schools[school].s[stage] || [])[1];
    const cells = [block.n, block.i, block.t || "", block.c || "", catchment(school, stage), district || "", fill(words().metres, { metres })];
    if (existing) cells.push(today === null ? words().none : today === school ? words().unchanged : fill(words().changed, { from: catchment(today, stage), to: catchment(school, stage) }));
    cells.push(data.reasons[reason][language], across.map((other) => catchment(other, stage)).join(" / "));
    return cells;
  });
  fillTable(heads, rows);
}

function click(target) {
  const block = target.closest("[data-b]");
  if (block) choose("block", Number(block.dataset.b), false);
}

for (const input of byId("scheme").querySelectorAll("input")) input.addEventListener("change", () => { scheme = input.value; layers(); show(); });
byId("only").addEventListener("change", table);
begin();
// A link may name a block: index.html#B12.
const named = data.blocks.findIndex((block) => "#" + encodeURIComponent(block.i) === location.hash);
if (named >= 0) choose("block", named, true);
