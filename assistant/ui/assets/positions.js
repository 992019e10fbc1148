/* The positions' part: parts, marks and forms ask; whatever is cited opens the reader. */
"use strict";

Object.assign(window.assistantPage, (() => {
  const { openOn, pinOn } = window.assistantPage;
  return {
    positions(element, watch, does) {
      const act = (asked) => does.act({ ...asked.dataset, room: element.clientWidth });
      openOn(element, does.open);
      pinOn(element, does.pin);
      element.addEventListener("click", (event) => {
        const button = event.target.closest("[data-do]:not(form)");
        if (button) act(button);
      });
      element.addEventListener("keydown", (event) => {
        const mark = event.target.closest("svg [data-do]"); // a drawn button has no keys of its own
        if (!mark || !["Enter", " "].includes(event.key)) return;
        event.preventDefault();
        act(mark);
      });
      // A table that would be cut becomes cards, whatever beside it has taken its room.
      const fit = () => {
        const positions = element.querySelector(".positions.part-table"), box = positions?.querySelector(".wide-table");
        if (!box || !box.clientWidth || matchMedia("print").matches) return;
        positions.classList.remove("as-cards");
        positions.classList.toggle("as-cards", box.scrollWidth > box.clientWidth + 1);
      };
      let room = 0;
      new ResizeObserver(() => {
        if (element.clientWidth !== room) { room = element.clientWidth; fit(); }
      }).observe(element);
      // On paper a table of few parties fits; one of more is printed as cards.
      addEventListener("beforeprint", () => {
        const positions = element.querySelector(".positions.part-table");
        positions?.classList.toggle("as-cards", positions.querySelectorAll("thead tr:last-child th").length > 8);
      });
      addEventListener("afterprint", fit);
      let shown = null;
      watch("value", () => {
        fit();
        const chosen = element.querySelector(".chosen"), now = chosen?.getAttribute("aria-label") ?? null;
        if (now && now !== shown) { chosen.scrollIntoView({ block: "nearest" }); chosen.focus({ preventScroll: true }); }
        shown = now;
      });
      element.addEventListener("submit", (event) => {
        event.preventDefault();
        does.act({ do: event.target.dataset.do, ...Object.fromEntries(new FormData(event.target)) });
      });
    },
  };
})());
