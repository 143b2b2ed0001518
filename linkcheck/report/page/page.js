"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const run = JSON.parse(byId("run").textContent);
  const PAGE = 100;
  const PRINTED = 5000;
  const PLACES = 10;
  const SEVERITIES = ["error", "warning", "info"];
  const CHANGES = { new: "New", worse: "Worse", still: "Still there", fixed: "Fixed" };
  const VERDICTS = { dead: "Gone", unreachable: "Down", suspect: "Suspect", moved: "Moved", blocked: "Refused" };

  // Everything that others wrote reaches the page as a text node or through this: never as markup.
  const make = (tag, props, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(props || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (name === "class") node.className = value;
      else if (name === "click") node.addEventListener("click", value);
      else node.setAttribute(name, value === true ? "" : value);
    }
    node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return node;
  };
  const draw = (tag, props, ...children) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(props)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  };
  const number = (value) => value.toLocaleString("en");
  const count = (value, noun) => `${number(value)} ${noun}${value === 1 ? "" : "s"}`;
  const seconds = (value) => (value < 1 ? `${Math.round(value * 1000)} ms` : `${value.toFixed(1)} s`);
  // What stands between backticks is code.
  const prose = (text) => text.split(/`([^`]+)`/).map((part, index) => (index % 2 ? make("code", {}, part) : part));
  const isWeb = (url) => /^https?:\/\//i.test(url || "");
  const outside = (url, text, kind) =>
    isWeb(url) ? make("a", { href: url, rel: "noopener noreferrer nofollow", target: "_blank", class: kind }, text) : make("span", { class: kind }, text);
  const hostOf = (url) => { try { return new URL(url).host; } catch { return ""; } };
  const folderOf = (path) => path.split("/").slice(0, -1).slice(0, 2).join("/") || "(top)";

  // ---- rows, in the order of html_rows.py --------------------------------------------------------------------------
  const problems = run.problems.map(([id, severity, change, status, why, code, name, message, hint, url, cause, failing, places, articles, extent, fixable, firstSeen, runs, history, quote, role, verdict, picture, hops, declared, measured, facts, listed, others, archive, group], index) => ({
    index, id, severity, change, status, why, code, name, message, hint, url, cause, failing, places, articles, extent, fixable, firstSeen, runs, history, quote, role, verdict, picture, hops, declared, measured, facts, listed, others, archive, group,
    host: failing || hostOf(url),
    folders: [...new Set(listed.map(([path]) => folderOf(path)))],
    text: `${code} ${name} ${message} ${hint || ""} ${url || ""} ${failing || ""} ${listed.map(([path]) => path).join(" ")}`.toLowerCase(),
  }));
  const failing = new Map(problems.filter((row) => row.failing && row.status === "open" && row.change !== "fixed").map((row) => [row.failing, row]));
  const hosts = run.hosts.map(([host, verdicts, requests, mean, slowest], index) => {
    const of = (kind) => verdicts[kind] || 0;
    const targets = Object.values(verdicts).reduce((sum, n) => sum + n, 0);
    return { index, host, of, targets, requests, mean, slowest, problem: failing.get(host), text: host.toLowerCase() };
  });
  const hasHistory = problems.some((row) => row.change);

  // ---- orders: the first difference decides ------------------------------------------------------------------------
  const stage = (row) => (row.change === "new" ? 0 : row.change === "worse" ? 1 : 2);
  const urgency = (row) => [stage(row), SEVERITIES.indexOf(row.severity), -row.places, row.index];
  const blame = (row) => [-(row.of("dead") + row.of("unreachable")), -row.of("dead"), -row.of("suspect"), -row.of("moved"), -row.of("blocked"), row.index];
  const compare = (a, b) => { for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return a[i] < b[i] ? -1 : 1; return 0; };
  const sorted = (rows, key) => rows.map((row) => [key(row), row]).sort(([a], [b]) => compare(a, b)).map(([, row]) => row);

  // ---- copying -----------------------------------------------------------------------------------------------------
  const copyText = async (text) => {
    try { await navigator.clipboard.writeText(text); return true; } catch { /* not a secure page, or not permitted */ }
    const area = make("textarea", { class: "unseen", readonly: true, "aria-hidden": "true", tabindex: "-1" });
    area.value = text;
    const focused = document.activeElement;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    focused.focus();
    return done;
  };
  const copier = (label, text) => make("button", { type: "button", class: "copy", title: text, click: async ({ currentTarget: button }) => {
    const done = await copyText(text);
    byId("said").textContent = done ? `Copied: ${text}` : "Your browser did not allow copying.";
    button.textContent = done ? "Copied" : "Not copied";
    setTimeout(() => { button.textContent = label; byId("said").textContent = ""; }, 3000);
  } }, label);
  const shellWord = (path) => (/^[\w./][\w./-]*$/.test(path) ? path : `'${path.replace(/^-/, "./-").replaceAll("'", "'\\''")}'`);
  const fixCommand = (row) => {
    const paths = [...new Set(row.listed.map(([path]) => path))];
    return [`linkcheck fix --select ${row.code}`, ...(paths.length === row.articles && paths.length <= 10 ? paths.map(shellWord) : [])].join(" ");
  };
  const copiers = (row) => make("div", { class: "copiers" },
    row.url ? copier("Copy URL", row.url) : null,
    row.change === "fixed" ? null : copier("Copy ignore comment", `# linkcheck: ignore[${row.code}] reason`),
    row.fixable ? copier("Copy fix command", fixCommand(row)) : null,
    copier("Copy link to this problem", `${location.href.split("#")[0]}#problem=${row.id}`));

  // ---- cells -------------------------------------------------------------------------------------------------------
  const cell = (label, kind, ...children) => make("td", { class: kind, "data-label": label, role: "cell" }, ...children);
  const addressOf = ([path, , , , lines], line) => {
    if (lines) return lines.replace("{line}", line);
    if (!run.lines || !path) return null;
    return run.lines[0] + path.split("/").map(encodeURIComponent).join("/") + run.lines[1].replace("{line}", line);
  };
  const place = (one) => {
    const [path, line] = one;
    if (!path.trim()) return make("span", {}, "linkcheck itself");
    const address = addressOf(one, line);
    const text = [path, make("span", { class: "line" }, `:${line}`)];
    return address ? make("a", { href: address, rel: "noopener noreferrer", target: "_blank" }, ...text) : make("span", {}, ...text);
  };
  const rule = (row) => run.rules && run.rules.replace("{code}", encodeURIComponent(row.code)).replace("{anchor}", encodeURIComponent(`${row.code.toLowerCase()}-${row.name}`));
  const what = (row) => (row.failing && !row.message.includes(row.failing) ? row.failing : row.url && !row.failing && !row.message.includes(row.url) ? row.url : null);
  const opener = (row) => make("button", { type: "button", class: "open", "aria-expanded": "false", click: (event) => toggle(event.currentTarget, row) }, "Details");
  const toggle = (button, row) => {
    const line = button.closest("tr");
    const open = button.getAttribute("aria-expanded") === "true";
    button.setAttribute("aria-expanded", String(!open));
    button.textContent = open ? "Details" : "Close";
    if (open) line.nextElementSibling.remove();
    else line.after(make("tr", { class: "detail", role: "row" }, make("td", { colspan: view.columns.length, role: "cell" }, details(row))));
  };

  // ---- the details of a problem --------------------------------------------------------------------------------------
  const section = (title, ...children) => make("div", {}, make("h2", {}, title), ...children);
  const list = (pairs) => make("dl", {}, ...pairs.flatMap(([name, value]) => [make("dt", {}, ...prose(name)), make("dd", {}, value)]));
  const places = (title, all, total) => {
    const items = make("ul", { class: "places" });
    const add = (some) => items.append(...some.map((one) => make("li", {}, place(one), one[3] ? make("span", { class: "under" }, ...prose(one[3])) : null)));
    add(all.slice(0, PLACES));
    const rest = all.slice(PLACES);
    const more = rest.length ? make("button", { type: "button", class: "copy", click: ({ currentTarget: button }) => { add(rest); button.remove(); const next = items.children[PLACES].querySelector("a"); if (next) next.focus(); } }, `Show ${number(rest.length)} more`) : null;
    const hidden = total - all.length;
    return section(title, items, more, hidden > 0 ? make("p", { class: "under" }, `${number(hidden)} more; the JSON and CSV reports list all.`) : null);
  };
  const chain = (row) => {
    if (!row.hops.length) return null;
    const steps = row.hops.map(([url, status], index) => make("li", { class: index === row.hops.length - 1 ? "end" : null }, make("span", { class: "code" }, status), make("span", { class: "url" }, url)));
    return section("Redirects", make("ol", { class: "chain" }, ...steps));
  };
  const sizes = (row) => {
    const boxes = [["declared", row.declared], ["measured", row.measured]].filter(([, size]) => size);
    if (!boxes.length) return null;
    const figure = make("div", { class: "sizes" });
    const whole = boxes.filter(([, size]) => size[0] && size[1]);
    if (whole.length) {
      const most = Math.max(...whole.map(([, [w, h]]) => Math.max(w / 92, h / 68)));
      const svg = draw("svg", { viewBox: "0 0 96 72", "aria-hidden": "true" });
      for (const [kind, [w, h]] of whole) svg.append(draw("rect", { class: kind, x: 2, y: 2, width: Math.max(w / most, 1), height: Math.max(h / most, 1) }));
      figure.append(svg);
    }
    const keyed = ([kind, [w, h]]) => [kind, make("span", {}, make("span", { class: `key ${kind}`, "aria-hidden": "true" }), `${w ?? "?"}\u00a0\u00d7\u00a0${h ?? "?"}`)];
    figure.append(list(boxes.map(keyed)));
    return section("Image size", figure);
  };
  const picture = (row) => {
    if (!row.picture) return null;
    const host = hostOf(row.picture);
    const box = section("Image", make("button", { type: "button", class: "copy", click: ({ currentTarget: button }) => {
      const image = make("img", { alt: `The image at ${row.picture}`, referrerpolicy: "no-referrer", class: "thumbnail" });
      image.addEventListener("error", () => image.replaceWith(make("p", { class: "under" }, "The browser could not load it.")));
      image.src = row.picture;
      button.replaceWith(image);
    } }, "Load image"), make("p", { class: "under" }, `It is loaded from ${host}.`));
    return box;
  };
  const details = (row) => {
    const shownFacts = row.facts.map(([name, values]) => [name, values.length > 1 ? make("ul", {}, ...values.map((value) => make("li", {}, value))) : values[0]]);
    if (row.role) shownFacts.unshift(["role", row.role]);
    const box = make("div", { class: "facts" }, ...[
      row.hint ? section("What to do", make("div", {}, ...prose(row.hint))) : null,
      row.archive ? section(row.archive[0], outside(row.archive[1], row.archive[1], "url")) : null,
      row.quote ? section("In the article", make("div", { class: "url" }, row.quote)) : null,
      row.history ? section("History", make("div", {}, `${row.history[0].toUpperCase()}${row.history.slice(1)}`)) : null,
      row.status === "open" ? null : section("Status", make("div", {}, `${row.status}${row.why ? `: ${row.why}` : ""}`)),
      row.places > 1 ? places(`${row.extent[0].toUpperCase()}${row.extent.slice(1)}`, row.listed, row.places) : null,
      row.others.length ? places("Other places", row.others, row.others.length) : null,
      chain(row), sizes(row), picture(row),
      shownFacts.length ? section("Details", list(shownFacts)) : null,
    ].filter(Boolean));
    return make("div", {}, box, copiers(row));
  };

  // ---- the two tables --------------------------------------------------------------------------------------------------
  const tags = (row) => cell("", "tags", make("span", { class: `tag ${row.severity}` }, row.severity), row.change && row.change !== "still" && !isGrouped() ? make("span", { class: `tag ${row.change}` }, row.change) : null, row.status !== "open" ? make("span", { class: "tag" }, row.status) : null);
  const where = (row) => cell("", "place", row.listed.length ? place(row.listed[0]) : null, row.places > 1 ? make("span", { class: "under" }, row.extent) : null);
  const kinds = Object.entries(VERDICTS).map(([kind, label]) => ({ id: kind, label, key: (row) => row.of(kind), number: true, cell: (row) => cell(label, "number", row.of(kind) ? number(row.of(kind)) : "") }));
  const choice = (name, label, values, accepts, all) => ({ name, label, values, accepts, all });
  const met = (key) => (rows) => [...new Set(rows.flatMap(key).filter(Boolean))].sort();
  const views = {
    problems: {
      caption: "Problems", rows: problems, order: urgency, noun: "problem", file: "linkcheck-problems.csv",
      choices: [
        choice("severity", "Severity", () => [...SEVERITIES, "all"], (row, value) => (value ? value === "all" || row.severity === value : row.severity !== "info"), "errors and warnings"),
        hasHistory ? choice("change", "Change", () => Object.keys(CHANGES), (row, value) => (value ? row.change === value : row.change !== "fixed"), "all but fixed") : null,
        choice("rule", "Rule", met((row) => `${row.code} ${row.name}`), (row, value) => !value || `${row.code} ${row.name}` === value || row.code === value, "all"),
        choice("host", "Host", met((row) => row.host), (row, value) => !value || row.host === value, "all"),
        choice("folder", "Folder", met((row) => row.folders), (row, value) => !value || row.folders.includes(value), "all"),
        run.group ? choice("group", run.group, met((row) => row.group), (row, value) => !value || row.group === value, "all") : null,
        choice("status", "Status", (rows) => [...met((row) => row.status)(rows).filter((value) => value !== "open"), "all"], (row, value) => (value ? value === "all" || row.status === value : row.status === "open"), "open"),
      ].filter(Boolean),
      columns: [
        { id: "severity", label: "Severity", key: (row) => SEVERITIES.indexOf(row.severity), cell: tags },
        { id: "what", label: "Problem", key: (row) => row.message, cell: (row) => cell("", "break", ...prose(row.message), what(row) ? make("span", { class: "under" }, outside(row.url, what(row), "url")) : null) },
        { id: "place", label: "Location", key: (row) => row.index, cell: where },
        { id: "rule", label: "Rule", key: (row) => row.code, cell: (row) => cell("", "rule", outside(rule(row), row.code, "code"), make("span", { class: "under" }, row.name)) },
        { id: "places", label: "Places", key: (row) => row.places, number: true, cell: (row) => cell("Places", "number", row.places ? number(row.places) : "") },
        hasHistory ? { id: "seen", label: "First seen", key: (row) => row.firstSeen || "", number: true, cell: (row) => cell("First seen", "number", row.firstSeen || "") } : null,
        hasHistory ? { id: "runs", label: "Runs", key: (row) => row.runs || 0, number: true, cell: (row) => cell("Runs", "number", row.runs ? number(row.runs) : "") } : null,
        { id: "open", label: "", cell: (row) => cell("", "", opener(row)) },
      ].filter(Boolean),
      exported: {
        severity: (row) => row.severity, change: (row) => row.change, status: (row) => row.status, code: (row) => row.code, rule: (row) => row.name,
        message: (row) => row.message, url: (row) => row.url, host: (row) => row.host, places: (row) => row.places, articles: (row) => row.articles,
        path: (row) => (row.listed[0] || [""])[0], line: (row) => (row.listed[0] || ["", ""])[1], first_seen: (row) => row.firstSeen, runs: (row) => row.runs, hint: (row) => row.hint, id: (row) => row.id,
      },
    },
    hosts: {
      caption: "Hosts with problems", rows: hosts, order: blame, noun: "host", file: "linkcheck-hosts.csv",
      choices: [choice("blame", "What is wrong", () => Object.keys(VERDICTS), (row, value) => !value || row.of(value) > 0, "anything")],
      columns: [
        { id: "host", label: "Host", key: (row) => row.host, cell: (row) => cell("", "place", make("a", { href: `#${new URLSearchParams({ host: row.host, severity: "all" })}` }, row.host.trim() || "(no name)"), row.problem ? make("span", { class: "under" }, ...prose(row.problem.message)) : null) },
        ...kinds,
        { id: "targets", label: "Targets", key: (row) => row.targets, number: true, cell: (row) => cell("Targets", "number", number(row.targets)) },
        { id: "mean", label: "Mean time", key: (row) => row.mean, number: true, cell: (row) => cell("Mean time", "number", row.requests ? seconds(row.mean) : "") },
        { id: "slowest", label: "Slowest", key: (row) => row.slowest, number: true, cell: (row) => cell("Slowest", "number", row.requests ? seconds(row.slowest) : "") },
      ],
      exported: { host: (row) => row.host, ...Object.fromEntries(Object.keys(VERDICTS).map((kind) => [kind, (row) => row.of(kind)])), targets: (row) => row.targets, requests: (row) => row.requests },
    },
  };

  // ---- the state of the page, which is also in its address ---------------------------------------------------------------
  let view = views.problems;
  let state = {};  // of the view: q, sort, problem, and the values of its choices; what is not there has its default
  let shown = PAGE;
  let found = [];
  const read = () => {
    state = Object.fromEntries([...new URLSearchParams(location.hash.slice(1))].filter(([, value]) => value));
    view = state.view === "hosts" ? views.hosts : views.problems;
  };
  const write = () => {
    const kept = new URLSearchParams(Object.entries({ ...state, view: view === views.hosts ? "hosts" : "" }).filter(([, value]) => value)).toString();
    if (kept !== location.hash.slice(1)) history.replaceState(null, "", kept ? `#${kept}` : location.href.split("#")[0]);
  };
  const sorting = () => {
    const column = view.columns.find((one) => one.key && one.id === (state.sort || "").replace("-", ""));
    return { column, down: (state.sort || "").startsWith("-") };
  };
  const matching = () => {
    if (state.problem) return view.rows.filter((row) => row.id === state.problem);
    const words = (state.q || "").toLowerCase().split(/\s+/).filter(Boolean);
    const rows = view.rows.filter((row) => view.choices.every((one) => one.accepts(row, state[one.name])) && words.every((word) => row.text.includes(word)));
    const { column, down } = sorting();
    if (!column) return sorted(rows, view.order);
    const found = sorted(rows, (row) => [column.key(row), ...view.order(row)]);
    return down ? found.reverse() : found;
  };

  // ---- showing it ----------------------------------------------------------------------------------------------------------
  const title = (row) => CHANGES[row.change || "still"];
  const isGrouped = () => view === views.problems && hasHistory && !state.problem && !sorting().column;
  const lines = (from, to) => found.slice(from, to).flatMap((row, offset) => {
    const index = from + offset;
    const line = make("tr", { class: "row", role: "row" }, ...view.columns.map((column) => column.cell(row)));
    if (!isGrouped() || (index && title(found[index - 1]) === title(row))) return [line];
    const size = found.filter((each) => title(each) === title(row)).length;
    return [make("tr", { class: `group ${row.change || ""}`, role: "row" }, make("th", { colspan: view.columns.length, scope: "colgroup", role: "columnheader" }, `${title(row)} (${number(size)})`)), line];
  });
  const nothing = () => {
    if (state.problem) return "This report does not list this problem. Clear the filters to see the others.";
    if (!view.rows.length) return `No ${view.noun}s.`;
    const isFiltered = state.q || view.choices.some((one) => state[one.name]);
    if (isFiltered) return "Nothing matches. Clear the filters to see everything.";
    const others = view.rows.some((row) => row.change !== "fixed");
    return `No errors or warnings.${others ? " To see the other problems, choose all severities and statuses." : ""}`;
  };
  const after = () => {
    const visible = Math.min(shown, found.length);
    byId("count").textContent = found.length === view.rows.length ? count(found.length, view.noun) : `${number(found.length)} of ${count(view.rows.length, view.noun)}`;
    const left = found.length - visible;
    byId("more").hidden = left <= 0;
    byId("more").textContent = `Show ${number(Math.min(left, PAGE * 2))} more of ${number(left)}`;
    for (const button of document.querySelectorAll("[data-change]")) button.setAttribute("aria-pressed", String(view === views.problems && state.change === button.dataset.change));
    const active = view.choices.filter((one) => state[one.name]).length;
    byId("more-filters").querySelector("summary").textContent = active ? `Filters (${active})` : "Filters";
  };
  const render = () => {
    found = matching();
    shown = PAGE;
    byId("body").replaceChildren(...lines(0, shown));
    if (!found.length) byId("body").append(make("tr", { class: "empty", role: "row" }, make("td", { colspan: view.columns.length, role: "cell" }, nothing())));
    if (state.problem && found.length) byId("body").querySelector(".open").click();
    after();
    write();
  };
  const grow = (to) => {
    const from = Math.min(shown, found.length);
    shown = to;
    byId("body").append(...lines(from, to));
    after();
    return from;
  };
  const heads = () => {
    const { column: current, down } = sorting();
    byId("caption").textContent = view.caption;
    byId("head").replaceChildren(make("tr", { role: "row" }, ...view.columns.map((column) => {
      const isSorted = column === current;
      const props = { scope: "col", role: "columnheader", class: column.number ? "number" : null, "aria-sort": column.key ? (isSorted ? (down ? "descending" : "ascending") : "none") : null };
      if (!column.key) return make(column.label ? "th" : "td", column.label ? props : { role: "cell" }, column.label ? make("span", {}, column.label) : "");
      return make("th", props, make("button", { type: "button", click: () => {
        state.sort = (isSorted ? !down : column.number) ? `-${column.id}` : column.id;
        heads(); render();
        byId("head").querySelector(`[aria-sort]:not([aria-sort="none"]) button`).focus();
      } }, column.label));
    })));
  };
  const set = (name, value) => { state[name] = value; delete state.problem; render(); };
  const selects = () => {
    byId("search").value = state.q || "";
    byId("choices").replaceChildren(...view.choices.map((one) => {
      const select = make("select", { name: one.name }, make("option", { value: "" }, one.all), ...one.values(view.rows).map((value) => make("option", { value }, CHANGES[value] && one.name === "change" ? CHANGES[value].toLowerCase() : one.name === "blame" ? VERDICTS[value].toLowerCase() : value)));
      select.value = state[one.name] || "";
      if (select.selectedIndex < 0) { select.append(make("option", { value: state[one.name] }, state[one.name])); select.value = state[one.name]; }
      select.addEventListener("change", () => set(one.name, select.value));
      return make("label", {}, make("span", {}, one.label), select);
    }));
  };
  const tabs = Object.keys(views).map((name) => byId(`tab-${name}`));
  const show = () => {
    for (const tab of tabs) {
      const chosen = views[tab.id.slice(4)] === view;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      if (chosen) byId("panel").setAttribute("aria-labelledby", tab.id);
    }
    selects(); heads(); render();
  };
  const go = (name, wanted) => { view = views[name]; state = wanted; show(); };

  // ---- export: a cell that a spreadsheet would interpret as a formula starts with an apostrophe, as in the CSV report ------
  const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20|%]/;
  const quoted = (value) => {
    const text = typeof value === "string" && FORMULA.test(value) ? `'${value}` : String(value ?? "");
    return `"${text.replaceAll('"', '""')}"`;
  };
  const exported = () => {
    const columns = Object.entries(view.exported);
    const rows = [columns.map(([name]) => name), ...found.map((row) => columns.map(([, value]) => value(row)))];
    const file = new Blob(["\ufeff", ...rows.map((row) => `${row.map(quoted).join(",")}\r\n`)], { type: "text/csv" });
    const address = URL.createObjectURL(file);
    make("a", { href: address, download: view.file }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    byId("said").textContent = `Exported ${count(found.length, view.noun)}.`;
  };

  // ---- what the reader does ----------------------------------------------------------------------------------------------------
  for (const tab of tabs) {
    const of = views[tab.id.slice(4)];
    tab.querySelector("span").textContent = number(of.rows.filter((row) => of.choices.every((one) => one.accepts(row, ""))).length);
    tab.addEventListener("click", () => go(tab.id.slice(4), {}));
    tab.addEventListener("keydown", (event) => {
      const here = tabs.indexOf(tab);
      const to = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: tabs.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      const next = tabs[(to + tabs.length) % tabs.length];
      go(next.id.slice(4), {}); next.focus();
    });
  }
  for (const button of document.querySelectorAll("[data-change]"))
    button.addEventListener("click", () => go("problems", button.getAttribute("aria-pressed") === "true" ? {} : { change: button.dataset.change }));
  let waiting = 0;
  byId("search").addEventListener("input", (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => set("q", event.target.value), view.rows.length > 2000 ? 150 : 0);
  });
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("filters").addEventListener("reset", (event) => { event.preventDefault(); state = {}; show(); byId("search").focus(); });
  byId("export").addEventListener("click", exported);
  byId("more").addEventListener("click", () => { const from = grow(shown + PAGE * 2); const next = byId("body").querySelectorAll("tr.row")[from]; const stop = next && next.querySelector("a, button"); if (stop) stop.focus(); });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) { event.preventDefault(); byId("search").focus(); }
  });
  window.addEventListener("hashchange", () => { if (!location.hash || location.hash.includes("=")) { read(); show(); } });
  window.addEventListener("beforeprint", () => { if (found.length > shown) grow(PRINTED); });

  byId("more-filters").open = matchMedia("(min-width: 721px)").matches;
  byId("app").hidden = false;
  read();
  show();
})();
