// Lets a reader sort and search the rows of tables marked `tools`. Without it they are the same
// tables. Rows stay in their groups; the table's own order comes back with the third press.
(() => {
  "use strict";
  const ORDERS = { none: "ascending", ascending: "descending", descending: "none" };

  const rowsOf = (body) => [...body.rows].filter((row) => !row.querySelector('th[scope="rowgroup"]'));
  const textOf = (row, column) => row.cells[column].textContent.trim();
  const plain = (text) => text.toLocaleLowerCase().normalize("NFD").replace(/\p{M}/gu, "");

  // The first number of a cell; a cell without one, such as "not published", comes last.
  const numberOf = (text) => {
    const found = text.replace(/,/g, "").replace(/\u2212/g, "-").match(/-?\d+(\.\d+)?/);
    return found ? Number(found[0]) : null;
  };

  const compare = (numeric, sign) => (one, other) => {
    if (!numeric) return sign * one.key.localeCompare(other.key, "en-GB") || one.place - other.place;
    if (one.key === null || other.key === null) {
      return (one.key === null) - (other.key === null) || one.place - other.place;
    }
    return sign * (one.key - other.key) || one.place - other.place;
  };

  const sort = (table, places, column, order) => {
    const numeric = table.tHead.rows[0].cells[column].classList.contains("number");
    const sign = order === "descending" ? -1 : 1;
    for (const body of table.tBodies) {
      const rows = rowsOf(body).map((row) => {
        const text = textOf(row, column);
        return { row, place: places.get(row), key: numeric ? numberOf(text) : text };
      });
      rows.sort(order === "none" ? (a, b) => a.place - b.place : compare(numeric, sign));
      body.append(...rows.map(({ row }) => row));
    }
  };

  const headings = (table) => {
    const places = new Map([...table.tBodies].flatMap(rowsOf).map((row, place) => [row, place]));
    const cells = [...table.tHead.rows[0].cells];
    cells.forEach((cell, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...cell.childNodes);
      cell.append(button);
      cell.setAttribute("aria-sort", "none");
      button.addEventListener("click", () => {
        const order = ORDERS[cell.getAttribute("aria-sort")];
        cells.forEach((other) => other.setAttribute("aria-sort", "none"));
        cell.setAttribute("aria-sort", order);
        sort(table, places, column, order);
      });
    });
  };

  const show = (table, words) => {
    let shown = 0;
    for (const body of table.tBodies) {
      let here = 0;
      for (const row of rowsOf(body)) {
        row.hidden = !words.every((word) => plain(row.textContent).includes(word));
        here += row.hidden ? 0 : 1;
      }
      body.hidden = here === 0;
      shown += here;
    }
    return shown;
  };

  const search = (table, number) => {
    const total = [...table.tBodies].flatMap(rowsOf).length;
    const box = document.createElement("div");
    const label = document.createElement("label");
    const field = document.createElement("input");
    const told = document.createElement("span");
    box.className = "table-search";
    field.type = "search";
    field.id = `table-search-${number}`;
    label.htmlFor = field.id;
    label.textContent = "Find rows in this table: name or any word";
    told.setAttribute("role", "status");
    field.addEventListener("input", () => {
      const words = plain(field.value).split(/\s+/).filter(Boolean);
      const shown = show(table, words);
      told.textContent = words.length ? `${shown} of ${total} rows` : "";
    });
    box.append(label, field, told);
    (table.closest(".table-scroll") || table).before(box);
  };

  document.querySelectorAll("table.tools").forEach((table, number) => {
    headings(table);
    search(table, number + 1);
  });
})();
