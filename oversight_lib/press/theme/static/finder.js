// Finds a trust, board or region by name, code or place among those in finder-index.js, without a
// server. What it finds are links: Tab and the arrow keys reach them, Enter opens the first.
(() => {
  "use strict";
  const MOST = 12;
  const INSIDE = 3;
  const KINDS = { region: "region", icb: "ICB", trust: "trust" };
  const plain = (text) => text.toLocaleLowerCase("en-GB").normalize("NFD").replace(/[\p{M}'’.]/gu, "");
  const wordsOf = (text) => plain(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);

  const entries = (window.oversightFinder || []).map(([kind, code, name, places, page, own]) => ({
    kind, code, name, places, page, own,
    exact: [plain(code), plain(name)],
    named: wordsOf(`${code} ${name}`),
    placed: wordsOf(places.join(" ")),
  }));

  // How well an entry fits all words, less being better; null if one of them is nowhere in it.
  const fit = (entry, typed, words) => {
    if (entry.exact.includes(typed)) return 0;
    let worst = 1;
    for (const word of words) {
      const begins = (one) => one.startsWith(word);
      if (entry.named.some(begins)) continue;
      if (entry.placed.some(begins)) worst = Math.max(worst, 2);
      else if (word.length > 2 && entry.named.some((one) => one.includes(word))) worst = INSIDE;
      else return null;
    }
    return worst;
  };

  const found = (typed) => {
    const words = wordsOf(typed);
    if (!words.length) return [];
    const fitting = entries
      .map((entry, place) => ({ entry, place, fit: fit(entry, plain(typed).trim(), words) }))
      .filter((one) => one.fit !== null);
    // The middle of a word counts only where no word begins so: "rat" is in every "integrated".
    const close = fitting.filter((one) => one.fit < INSIDE);
    return (close.length ? close : fitting)
      .sort((a, b) => a.fit - b.fit || a.place - b.place)
      .map((one) => one.entry);
  };

  const about = (entry) => {
    const place = entry.kind === "trust" && entry.places.length ? `, ${entry.places.join(" ")}` : "";
    const absent = entry.own ? "" : "; no page of its own here, opens the nearest";
    return ` ${KINDS[entry.kind]} ${entry.code}${place}${absent}`;
  };

  const item = (entry, root) => {
    const line = document.createElement("li");
    const link = document.createElement("a");
    const more = document.createElement("span");
    link.href = `${root}${entry.page}.html`;
    link.textContent = entry.name;
    more.textContent = about(entry);
    link.append(more);
    line.append(link);
    return line;
  };

  const count = (total) => {
    if (total === 0) return "Nothing fits. Enter searches the words of every page.";
    const shown = total > MOST ? `, the first ${MOST} shown` : "";
    return `${total} ${total === 1 ? "fits" : "fit"}${shown}.`;
  };

  const start = (form) => {
    const root = document.documentElement.dataset.content_root || "";
    const field = form.querySelector("input");
    const list = form.querySelector(".finder-found");
    const told = form.querySelector(".finder-told");
    const links = () => [...list.querySelectorAll("a")];

    const show = () => {
      const all = found(field.value);
      list.replaceChildren(...all.slice(0, MOST).map((entry) => item(entry, root)));
      told.textContent = field.value.trim() ? count(all.length) : "";
    };
    const move = (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const stops = [field, ...links()];
      const here = stops.indexOf(document.activeElement);
      if (event.key === "Escape" && here > 0) field.focus();
      if (!step || here < 0 || stops.length === 1) return;
      event.preventDefault();
      stops[Math.min(Math.max(here + step, 0), stops.length - 1)].focus();
    };
    field.addEventListener("input", show);
    form.addEventListener("keydown", move);
    form.addEventListener("submit", (event) => {
      const [first] = links();
      if (!first) return;
      event.preventDefault();
      first.click();
    });
    show();
  };

  document.querySelectorAll(".finder-form").forEach(start);
})();
