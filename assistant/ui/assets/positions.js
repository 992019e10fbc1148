/* The positions' part: parts, marks and forms ask; whatever is cited opens the reader. */
"use strict";

Object.assign(window.assistantPage, (() => {
  const { openOn } = window.assistantPage;
  return {
    positions(element, watch, does) {
      openOn(element, does.open);
      element.addEventListener("click", (event) => {
        const button = event.target.closest("button[data-do]");
        if (button) does.act({ ...button.dataset });
      });
      watch("value", () => element.querySelector(".chosen")?.scrollIntoView({ block: "nearest" }));
      element.addEventListener("submit", (event) => {
        event.preventDefault();
        does.act({ do: event.target.dataset.do, ...Object.fromEntries(new FormData(event.target)) });
      });
    },
  };
})());
