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
      let shown = null;
      watch("value", () => {
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
