"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const run = JSON.parse(byId("run").textContent);
  const PAGE = 100;
  const PRINTED = 5000;
  const SEVERITIES = ["error", "warning", "info"];
  const VERDICTS = ["dead", "suspect", "unreachable", "moved", "blocked", "skipped", "ok"];

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
  const seconds = (value) => (value === null ? "" : value < 1 ? `${Math.round(value * 1000)} ms` : `${value.toFixed(1)} s`);
  const moment = (text) => (text ? text.replace("T", " ").replace("Z", " UTC") : null);
  // What stands between backticks is code.
  const prose = (text) => text.split(/`([^`]+)`/).map((part, index) => (index % 2 ? make("code", {}, part) : part));
  const outside = (url, text, kind) =>
    /^https?:\/\//i.test(url || "") ? make("a", { href: url, rel: "noopener noreferrer nofollow", target: "_blank", class: kind }, text) : make("span", { class: kind }, text);

  // ---- rows ------------------------------------------------------------------------------------------------------
  const targets = new Map();
  for (const [url, probe, verdict, reason, status, failure, finalUrl, hops, attempts, media, image, title, time, checked, reused] of run.targets)
    targets.set(url, { url, probe, verdict, reason, status, failure, finalUrl, hops, attempts, media, image, title, time, checked, reused });

  const articles = [], findings = [], links = [];
  for (const [path, address, ownLinks, ownFindings] of run.articles) {
    const article = { path, address, links: ownLinks.length, error: 0, warning: 0, info: 0, verdicts: {} };
    const byPointer = new Map();
    for (const [line, column, pointer, role, url, target, verdict, reason, declared] of ownLinks) {
      const link = { article, line, column, pointer, role, url, target: targets.get(target) || null, verdict, reason, declared };
      link.text = `${path} ${role} ${url} ${reason} ${verdict}`.toLowerCase();
      byPointer.set(pointer, link);
      article.verdicts[verdict] = (article.verdicts[verdict] || 0) + 1;
      links.push(link);
    }
    for (const [line, column, pointer, code, name, severity, status, why, url, message, hint, quote, facts] of ownFindings) {
      const owner = pointer.slice(0, pointer.lastIndexOf("/"));
      const link = byPointer.get(pointer) || byPointer.get(`${owner}/url`) || null;
      const target = (link && link.target) || targets.get(url) || null;
      const verdict = link ? link.verdict : "";
      const finding = { article, line, column, pointer, code, name, severity, status, why, url, message, hint, quote, facts, link, target, verdict };
      finding.text = `${path} ${code} ${name} ${message} ${url || ""} ${hint || ""}`.toLowerCase();
      if (status === "open") article[severity] += 1;
      findings.push(finding);
    }
    article.text = path.toLowerCase();
    articles.push(article);
  }
  const hosts = run.hosts.map(([host, verdicts, requests, mean, slowest]) => {
    const known = Object.entries(verdicts);
    return { host, verdicts, requests, mean, slowest, targets: known.reduce((sum, [, n]) => sum + n, 0), wrong: known.reduce((sum, [kind, n]) => sum + (kind === "ok" ? 0 : n), 0), text: host.toLowerCase() };
  });

  // ---- cells -----------------------------------------------------------------------------------------------------
  const cell = (label, kind, ...children) => make("td", { class: kind, "data-label": label, role: "cell" }, ...children);
  const place = (row) => {
    const text = make("span", {}, row.article.path.trim() ? row.article.path : "linkcheck itself", make("span", { class: "line" }, `:${row.line}`));
    return row.article.address ? make("a", { href: row.article.address.replace("{line}", row.line), rel: "noopener noreferrer", target: "_blank" }, text) : text;
  };
  const rule = (row) => run.rules && run.rules.replace("{code}", encodeURIComponent(row.code)).replace("{anchor}", encodeURIComponent(`${row.code.toLowerCase()}-${row.name}`));
  const verdict = (kind) => make("span", { class: "verdict" }, make("span", { class: `dot ${kind}`, "aria-hidden": "true" }), kind);
  const spread = (verdicts) => {
    const total = Object.values(verdicts).reduce((sum, n) => sum + n, 0) || 1;
    const summary = VERDICTS.filter((kind) => verdicts[kind]).map((kind) => `${number(verdicts[kind])} ${kind}`).join(", ");
    const bar = draw("svg", { class: "spread", viewBox: "0 0 100 8", preserveAspectRatio: "none", role: "img", "aria-label": summary || "no links" });
    let x = 0;
    for (const kind of [...VERDICTS].reverse()) {
      if (!verdicts[kind]) continue;
      const width = (100 * verdicts[kind]) / total;
      bar.append(draw("rect", { class: kind, x, y: 0, width, height: 8 }));
      x += width;
    }
    bar.append(draw("title", {}, summary));
    return bar;
  };
  const opener = (row) =>
    make("button", { type: "button", class: "open", "aria-expanded": "false", click: (event) => toggle(event.currentTarget, row) }, "Details");

  const toggle = (button, row) => {
    const line = button.closest("tr");
    const open = button.getAttribute("aria-expanded") === "true";
    button.setAttribute("aria-expanded", String(!open));
    button.textContent = open ? "Details" : "Close";
    if (open) line.nextElementSibling.remove();
    else line.after(make("tr", { class: "detail", role: "row" }, make("td", { colspan: view.columns.length, role: "cell" }, details(row))));
  };

  const section = (title, ...children) => make("div", {}, make("h2", {}, title), ...children);
  const list = (pairs) => {
    const kept = pairs.filter(([, value]) => value !== null && value !== undefined && value !== "");
    return kept.length ? make("dl", {}, ...kept.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value instanceof Node ? value : String(value))])) : null;
  };
  const chain = (target) => {
    if (!target.hops.length) return null;
    const steps = target.hops.map(([url, status]) => make("li", {}, make("span", { class: "code" }, status), make("span", { class: "url" }, url)));
    const end = target.status === null ? "none" : String(target.status);
    steps.push(make("li", { class: "end" }, make("span", { class: "code" }, end), make("span", { class: "url" }, target.finalUrl || target.reason)));
    return section("Redirects", make("ol", { class: "chain" }, ...steps));
  };
  const sizes = (row) => {
    const declared = (row.link || row).declared || null;
    const image = row.target && row.target.image;
    const measured = image && image[1] && image[2] ? [image[1], image[2]] : null;
    if (!declared && !measured) return null;
    const figure = make("div", { class: "sizes" });
    const boxes = [["declared", declared], ["measured", measured]].filter(([, size]) => size && size[0] > 0 && size[1] > 0);
    if (boxes.length) {
      const most = Math.max(...boxes.map(([, [w, h]]) => Math.max(w / 92, h / 68)));
      const svg = draw("svg", { viewBox: "0 0 96 72", "aria-hidden": "true" });
      for (const [kind, [w, h]] of boxes) svg.append(draw("rect", { class: kind, x: 2, y: 2, width: Math.max(w / most, 1), height: Math.max(h / most, 1) }));
      figure.append(svg);
    }
    const dimensions = (size) => (size ? `${size[0] ?? "?"}\u00a0\u00d7\u00a0${size[1] ?? "?"}` : null);
    const keyed = (kind, size) => (size ? make("span", {}, make("span", { class: `key ${kind}`, "aria-hidden": "true" }), dimensions(size)) : null);
    figure.append(list([["declared", keyed("declared", declared)], ["measured", keyed("measured", measured)], ["format", image && image[0]]]) || "");
    return section("Image size", figure);
  };
  const details = (row) => {
    const target = row.target;
    const box = make("div", { class: "facts" });
    if (row.hint) box.append(section("What to do", make("div", {}, ...prose(row.hint))));
    if (row.quote) box.append(section("In the article", make("div", { class: "url" }, row.quote.trim())));
    if (target) {
      box.append(...[chain(target), sizes(row)].filter(Boolean));
      const answer = list([
        ["status", target.status], ["failure", target.failure], ["final URL", target.finalUrl !== target.url && !target.hops.length ? target.finalUrl : null],
        ["media type", target.media], ["title", target.title], ["attempts", target.attempts], ["time", seconds(target.time)],
        ["checked", moment(target.checked)], ["from", target.reused ? "an earlier run" : null],
      ]);
      if (answer) box.append(section("Response", answer));
    }
    const more = list([["at", row.pointer], ["verdict", row.verdict], ["reason", row.reason || null], [`${row.status} because`, row.why], ...(row.facts || [])]);
    if (more) box.append(section("Facts", more));
    return box;
  };

  // ---- the four tables -------------------------------------------------------------------------------------------
  const choice = (name, label, of, order) => ({ name, label, of, order });
  const narrow = (path, tab) => make("button", { type: "button", class: "as-link", click: () => show(tab, path) }, path.trim() ? path : "(no name)");
  const views = {
    findings: {
      caption: "Findings", rows: findings, sort: "severity", noun: "finding",
      choices: [choice("severity", "Severity", (row) => row.severity, SEVERITIES), choice("code", "Rule", (row) => `${row.code} ${row.name}`), choice("verdict", "Verdict", (row) => row.verdict, VERDICTS), choice("status", "Status", (row) => row.status, ["open", "accepted", "unchanged", "ignored"])],
      columns: [
        { id: "severity", label: "Severity", key: (row) => SEVERITIES.indexOf(row.severity), cell: (row) => cell("", "", make("span", { class: `tag ${row.severity}` }, row.severity)) },
        { id: "what", label: "Message", key: (row) => row.message, cell: (row) => cell("", "break", ...prose(row.message), row.url && !row.message.includes(row.url) ? make("span", { class: "under" }, outside(row.url, row.url, "url")) : null, row.status !== "open" ? make("span", { class: "under" }, `${row.status}${row.why ? `: ${row.why}` : ""}`) : null) },
        { id: "place", label: "Location", key: null, cell: (row) => cell("", "place", place(row)) },
        { id: "code", label: "Rule", key: (row) => row.code, cell: (row) => cell("", "rule", outside(rule(row), row.code, "code"), make("span", { class: "under" }, row.name)) },
        { id: "open", label: "", cell: (row) => cell("", "", opener(row)) },
      ],
    },
    articles: {
      caption: "Articles", rows: articles, sort: "place", noun: "article",
      choices: [choice("worst", "Worst", (row) => (row.error ? "error" : row.warning ? "warning" : row.info ? "info" : "nothing"), [...SEVERITIES, "nothing"])],
      columns: [
        { id: "place", label: "Article", key: null, cell: (row) => cell("", "place", narrow(row.path, row.error + row.warning + row.info ? "findings" : "links")) },
        { id: "error", label: "Errors", key: (row) => row.error, number: true, cell: (row) => cell("Errors", "number", row.error ? number(row.error) : "") },
        { id: "warning", label: "Warnings", key: (row) => row.warning, number: true, cell: (row) => cell("Warnings", "number", row.warning ? number(row.warning) : "") },
        { id: "info", label: "Info", key: (row) => row.info, number: true, cell: (row) => cell("Info", "number", row.info ? number(row.info) : "") },
        { id: "links", label: "Links", key: (row) => row.links, number: true, cell: (row) => cell("Links", "number", number(row.links)) },
        { id: "spread", label: "Verdicts", cell: (row) => cell("", "", spread(row.verdicts)) },
      ],
    },
    hosts: {
      caption: "Hosts", rows: hosts, sort: "host", noun: "host",
      choices: [choice("state", "Verdict", (row) => Object.keys(row.verdicts), VERDICTS)],
      columns: [
        { id: "host", label: "Host", key: null, cell: (row) => cell("", "place", narrow(row.host, "links")) },
        { id: "targets", label: "Targets", key: (row) => row.targets, number: true, cell: (row) => cell("Targets", "number", number(row.targets)) },
        { id: "wrong", label: "Not ok", key: (row) => row.wrong, number: true, cell: (row) => cell("Not ok", "number", row.wrong ? number(row.wrong) : "") },
        { id: "requests", label: "Requests", key: (row) => row.requests, number: true, cell: (row) => cell("Requests", "number", number(row.requests)) },
        { id: "mean", label: "Mean time", key: (row) => row.mean, number: true, cell: (row) => cell("Mean time", "number", row.requests ? seconds(row.mean) : "") },
        { id: "slowest", label: "Slowest", key: (row) => row.slowest, number: true, cell: (row) => cell("Slowest", "number", row.requests ? seconds(row.slowest) : "") },
        { id: "spread", label: "Verdicts", cell: (row) => cell("", "", spread(row.verdicts)) },
      ],
    },
    links: {
      caption: "Links", rows: links, sort: "place", noun: "link",
      choices: [choice("verdict", "Verdict", (row) => row.verdict, VERDICTS), choice("role", "Role", (row) => row.role)],
      columns: [
        { id: "verdict", label: "Verdict", key: (row) => VERDICTS.indexOf(row.verdict), cell: (row) => cell("", "", verdict(row.verdict)) },
        { id: "url", label: "URL", key: (row) => row.url, cell: (row) => cell("", "break", outside(row.url, row.url, "url"), row.verdict !== "ok" ? make("span", { class: "under" }, row.reason) : null) },
        { id: "place", label: "Location", key: null, cell: (row) => cell("", "place", place(row)) },
        { id: "role", label: "Role", key: (row) => row.role, cell: (row) => cell("", "", row.role) },
        { id: "time", label: "Time", key: (row) => (row.target && row.target.time) || 0, number: true, cell: (row) => cell("Time", "number", row.target && row.target.time !== null ? seconds(row.target.time) : "") },
        { id: "open", label: "", cell: (row) => cell("", "", opener(row)) },
      ],
    },
  };
  for (const [name, one] of Object.entries(views)) {
    Object.assign(one, { name, query: "", picked: {}, up: true, shown: PAGE });
    one.rows.forEach((row, index) => { row.index = index; });
    byId(`tab-${name}`).querySelector("span").textContent = number(one.rows.length);
  }
  let view = views.findings;

  // ---- showing them ----------------------------------------------------------------------------------------------
  const of = (row, one) => { const value = one.of(row); return Array.isArray(value) ? value : [value]; };
  const matching = () => {
    const words = view.query.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = view.choices.filter((one) => view.picked[one.name]);
    const rows = view.rows.filter((row) => words.every((word) => row.text.includes(word)) && wanted.every((one) => of(row, one).includes(view.picked[one.name])));
    const column = view.columns.find((one) => one.id === view.sort);
    const way = view.up ? 1 : -1;
    if (column.key) rows.sort((a, b) => { const x = column.key(a), y = column.key(b); return way * (x < y ? -1 : x > y ? 1 : a.index - b.index); });
    else if (!view.up) rows.reverse();
    return rows;
  };
  const line = (row) => make("tr", { class: "row", role: "row" }, ...view.columns.map((column) => column.cell(row)));

  let found = [];
  const render = () => {
    found = matching();
    byId("body").replaceChildren(...found.slice(0, view.shown).map(line));
    if (!found.length) byId("body").append(make("tr", { class: "empty", role: "row" }, make("td", { colspan: view.columns.length, role: "cell" }, view.rows.length ? "Nothing matches. Clear the filters to see everything." : `No ${view.noun}s.`)));
    after();
  };
  const after = () => {
    const shown = Math.min(view.shown, found.length);
    const plural = view.rows.length === 1 ? view.noun : `${view.noun}s`;
    byId("count").textContent = found.length === view.rows.length ? `${number(found.length)} ${plural}` : `${number(found.length)} of ${number(view.rows.length)} ${plural}`;
    const left = found.length - shown;
    byId("more").hidden = left <= 0;
    byId("more").textContent = `Show ${number(Math.min(left, PAGE * 2))} more of ${number(left)}`;
    for (const button of document.querySelectorAll("[data-verdict]"))
      button.setAttribute("aria-pressed", String(view.name === "links" && view.picked.verdict === button.dataset.verdict));
  };
  const grow = (to) => {
    const from = Math.min(view.shown, found.length);
    view.shown = to;
    byId("body").append(...found.slice(from, to).map(line));
    after();
    return from;
  };

  const heads = () => {
    byId("caption").textContent = view.caption;
    byId("head").replaceChildren(make("tr", { role: "row" }, ...view.columns.map((column) => {
      const sortable = column.key !== undefined;
      const sorted = column.id === view.sort ? (view.up ? "ascending" : "descending") : "none";
      const props = { scope: "col", role: "columnheader", class: column.number ? "number" : null, "aria-sort": sortable ? sorted : null };
      if (!sortable) return make(column.label ? "th" : "td", column.label ? props : { role: "cell" }, column.label ? make("span", {}, column.label) : "");
      return make("th", props, make("button", { type: "button", click: () => { view.up = view.sort === column.id ? !view.up : !column.number; view.sort = column.id; heads(); render(); byId("head").querySelector(`[aria-sort]:not([aria-sort="none"]) button`).focus(); } }, column.label));
    })));
  };
  const selects = () => {
    byId("search").value = view.query;
    byId("choices").replaceChildren(...view.choices.map((one) => {
      const met = new Set(view.rows.flatMap((row) => of(row, one)).filter(Boolean));
      const values = one.order ? one.order.filter((value) => met.has(value)) : [...met].sort();
      const select = make("select", { name: one.name }, make("option", { value: "" }, "all"), ...values.map((value) => make("option", { value, selected: view.picked[one.name] === value }, value)));
      select.addEventListener("change", () => { view.picked[one.name] = select.value; view.shown = PAGE; render(); });
      return make("label", {}, make("span", {}, one.label), select);
    }));
  };
  const tabs = Object.keys(views).map((name) => byId(`tab-${name}`));
  const show = (name, query) => {
    view = views[name];
    if (query !== undefined) Object.assign(view, { query, picked: {} });
    view.shown = PAGE;
    for (const tab of tabs) {
      const chosen = tab.id === `tab-${name}`;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
    }
    byId("panel").setAttribute("aria-labelledby", `tab-${name}`);
    selects(); heads(); render();
  };

  for (const tab of tabs) {
    tab.addEventListener("click", () => show(tab.id.slice(4)));
    tab.addEventListener("keydown", (event) => {
      const here = tabs.indexOf(tab);
      const to = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: tabs.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      const next = tabs[(to + tabs.length) % tabs.length];
      show(next.id.slice(4)); next.focus();
    });
  }
  let waiting = 0;
  byId("search").addEventListener("input", (event) => {
    view.query = event.target.value; view.shown = PAGE;
    clearTimeout(waiting); waiting = setTimeout(render, view.rows.length > 5000 ? 150 : 0);
  });
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("filters").addEventListener("reset", (event) => { event.preventDefault(); show(view.name, ""); byId("search").focus(); });
  byId("more").addEventListener("click", () => { const from = grow(view.shown + PAGE * 2); const next = byId("body").querySelectorAll("tr.row")[from]; const stop = next && next.querySelector("a, button"); if (stop) stop.focus(); });
  for (const button of document.querySelectorAll("[data-verdict]"))
    button.addEventListener("click", () => { const on = button.getAttribute("aria-pressed") === "true"; show("links", ""); view.picked = on ? {} : { verdict: button.dataset.verdict }; selects(); render(); });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) { event.preventDefault(); byId("search").focus(); }
  });
  window.addEventListener("beforeprint", () => { if (found.length > view.shown) grow(PRINTED); });

  byId("app").hidden = false;
  show(findings.length ? "findings" : "links");
})();
