// In a narrow window the list of pages waits behind a button. The dialog it opens in keeps the
// keyboard inside, closes with Escape and gives the focus back, all by itself.
(() => {
  "use strict";
  const side = document.getElementById("pst-primary-sidebar");
  const dialog = document.getElementById("pst-primary-sidebar-modal");
  const button = document.querySelector(".primary-toggle");
  if (!side || !dialog || !button) return;

  const close = document.createElement("button");
  close.type = "button";
  close.className = "sidebar-toggle sidebar-close btn btn-sm";
  close.textContent = "Close";
  close.addEventListener("click", () => dialog.close());
  dialog.setAttribute("aria-label", "Pages");

  button.addEventListener("click", () => {
    dialog.className = side.className;
    dialog.append(close, ...side.childNodes);
    dialog.showModal();
  });
  dialog.addEventListener("close", () => {
    close.remove();
    side.append(...dialog.childNodes);
    dialog.className = "";
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  window.matchMedia("(min-width: 992px)").addEventListener("change", () => dialog.close());
})();
