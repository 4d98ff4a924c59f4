// Says, before anything is shown, that scripts run and that the book is light: the theme asks.
(() => {
  "use strict";
  const page = document.documentElement;
  page.dataset.mode = page.dataset.theme = "light";
  page.classList.add("scripted");
})();
