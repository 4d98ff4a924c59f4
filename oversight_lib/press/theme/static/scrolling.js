// A table wider than the window scrolls in its own box, which the keyboard can then reach and which
// says so. A table that fits is no stop of the Tab key.
(() => {
  "use strict";
  // Tables of the prose have no caption; the heading they stand under names them.
  const headingOf = (box) => {
    const heading = box.closest("section")?.querySelector("h1, h2, h3, h4");
    return `Table: ${heading ? heading.textContent.trim() : document.title}`;
  };
  const fit = (box) => {
    const cut = box.scrollWidth > box.clientWidth + 1;
    box.classList.toggle("cut", cut);
    if (cut) {
      box.tabIndex = 0;
      box.setAttribute("role", "region");
    } else if (box !== document.activeElement) {
      box.removeAttribute("tabindex");
      box.removeAttribute("role");
    }
    const name = box.dataset.name || box.getAttribute("aria-label") || headingOf(box);
    box.dataset.name = name;
    if (cut) box.setAttribute("aria-label", name);
    else box.removeAttribute("aria-label");
  };
  const boxes = [...document.querySelectorAll(".table-scroll, .pst-scrollable-table-container")];
  const watch = new ResizeObserver((seen) => seen.forEach((one) => fit(one.target)));
  boxes.forEach((box) => watch.observe(box));
})();
