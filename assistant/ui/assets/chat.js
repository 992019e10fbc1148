/* The conversation's part: examples, questions asked again, and keeping the newest in view. */
"use strict";

Object.assign(window.assistantPage, (() => {
  const { calm, hideCard, openOn, pinOn } = window.assistantPage;

  return {
    welcome(element, does) {
      element.addEventListener("click", (event) => {
        const button = event.target.closest("[data-ask]");
        if (button) does.ask({ question: button.dataset.ask });
      });
    },

    thread(element, watch, does) {
      openOn(element, does.open);
      pinOn(element, does.pin);
      element.addEventListener("click", (event) => {
        const button = event.target.closest("[data-ask]");
        if (button) does.ask({ question: button.dataset.ask });
      });
      element.setAttribute("role", "log");
      element.setAttribute("aria-live", "polite");
      element.setAttribute("aria-label", "Conversation");
      let turns = 0;
      watch("value", () => {
        hideCard();
        const all = element.querySelectorAll(".turn");
        if (all.length > turns) {
          all[all.length - 1].scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
        }
        turns = all.length;
      });
    },
  };
})());
