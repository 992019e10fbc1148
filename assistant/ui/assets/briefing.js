/* The briefing's part: wishes from buttons and forms, order by drag and by keys, undo by key. */
"use strict";

Object.assign(window.assistantPage, (() => {
  const { hideCard, openOn, typing } = window.assistantPage;

  const dragging = (element, act) => {
    let line = null, before = null;
    const lines = () => [...element.querySelectorAll(".lines > .line")];
    const clear = () => { lines().forEach((one) => one.classList.remove("moving", "drop-before", "drop-after")); };
    element.addEventListener("pointerdown", (event) => {
      const grip = event.target.closest("[data-grip]");
      if (!grip || event.button) return;
      line = grip.closest(".line");
      before = undefined;
      grip.setPointerCapture(event.pointerId);
    });
    element.addEventListener("pointermove", (event) => {
      if (!line) return;
      clear();
      line.classList.add("moving");
      const others = lines().filter((one) => one !== line);
      before = others.find((one) => { const box = one.getBoundingClientRect(); return event.clientY < box.top + box.height / 2; }) ?? null;
      (before ?? others.at(-1))?.classList.add(before ? "drop-before" : "drop-after");
    });
    const end = (event) => {
      if (!line) return;
      const moved = line, others = lines().filter((one) => one !== line);
      clear();
      line = null;
      if (before === undefined || event.type === "pointercancel") return;
      const to = (before ? others.indexOf(before) : others.length) + 1;
      if (to !== lines().indexOf(moved) + 1) act({ do: "move", line: moved.dataset.line, to });
    };
    element.addEventListener("pointerup", end);
    element.addEventListener("pointercancel", end);
  };

  return {
    briefing(element, watch, does) {
      // The line whose grip has the focus. Drawing the list again may leave the focus on the grip
      // of another line, or nowhere, and a second press may come before it is given back.
      let held = null;
      let written = ""; // the line that is on its way into the briefing
      const gripHeld = () => element.querySelector(`.line[data-line="${held}"] [data-grip]`);
      document.addEventListener("focusin", (event) => {
        held = element.contains(event.target) ? event.target.closest("[data-grip]")?.closest(".line").dataset.line : null;
      });
      document.addEventListener("pointerdown", () => { held = null; });
      const act = (what) => { hideCard(); does.act(what); };
      const writing = (fields, words, label) => {
        const form = document.createElement("form");
        form.className = "add inserted";
        Object.assign(form.dataset, fields);
        const original = element.querySelector("form.add:not(.inserted)");
        form.innerHTML = original.innerHTML;
        if (fields.do === "reword") form.querySelector("select").remove();
        form.querySelector("input").value = words;
        form.querySelector("button").textContent = label;
        return form;
      };
      const leave = () => { // the form that is open goes, and the words that it hid come back
        const form = element.querySelector("form.inserted"), what = form?.closest(".what");
        form?.remove();
        for (const child of what?.children ?? []) child.hidden = false;
      };
      const shut = (except) => { // the menus of the tools
        for (const tool of element.querySelectorAll("details.tool[open]")) if (tool !== except) tool.open = false;
      };
      document.addEventListener("click", (event) => shut(event.target.closest?.("details.tool"))); // not before: what is clicked would move away
      element.addEventListener("keydown", (event) => {
        const tool = event.key === "Escape" && event.target.closest("details.tool[open]");
        if (tool) { tool.open = false; tool.querySelector("summary").focus(); }
      });
      openOn(element, does.open);
      dragging(element, act);
      element.addEventListener("submit", (event) => {
        const form = event.target.closest("form[data-do]");
        if (!form) return;
        event.preventDefault();
        const { do: wish, line } = form.dataset;
        act({ do: wish, ...(line && { line }), ...Object.fromEntries(new FormData(form)) });
        // Emptied at once: a second Enter adds nothing. What could not be added comes back.
        if (wish === "add") { written = form.words.value; form.words.value = ""; }
      });
      element.addEventListener("change", (event) => {
        if (event.target.matches("select[data-do]")) act({ do: event.target.dataset.do, words: event.target.value });
      });
      element.addEventListener("click", (event) => {
        const button = event.target.closest("button");
        if (!button) return;
        const line = button.closest(".line");
        if (button.dataset.do) act({ ...button.dataset });
        else if ("seek" in button.dataset) window.assistantPage.seek();
        else if (button.matches("[data-insert]")) {
          leave();
          const form = writing({ do: "add", line: line.dataset.line }, "", "Add");
          line.after(form);
          form.querySelector("input").focus();
        } else if (button.matches("[data-edit]")) {
          leave();
          const form = writing({ do: "reword", line: line.dataset.line }, line.querySelector(".words").textContent, "Keep");
          const what = line.querySelector(".what");
          for (const child of what.children) child.hidden = true;
          what.append(form);
          form.querySelector("input").focus();
        }
      });
      document.addEventListener("keydown", (event) => {
        if (!gripHeld()) return;
        const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
        if (by) {
          event.preventDefault();
          act({ do: "move", line: held, by });
        } else if (event.key === "Delete") act({ do: "remove", line: held });
      });
      element.addEventListener("keydown", (event) => {
        if (event.key === "Escape" && event.target.closest("form.inserted")) {
          const { do: wish, line } = event.target.closest("form.inserted").dataset;
          leave();
          element.querySelector(`.line[data-line="${line}"] [data-${wish === "reword" ? "edit" : "insert"}]`)?.focus();
        }
        else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !typing(event.target)) {
          event.preventDefault();
          act({ do: event.shiftKey ? "redo" : "undo" });
        }
      });
      watch("value", () => {
        hideCard();
        if (written && element.querySelector(".failure")) {
          const box = element.querySelector("form.inserted [name=words]") ?? element.querySelector("form.add [name=words]");
          box.value ||= written;
        } else if (written) leave();
        written = "";
        element.querySelector(".failure")?.scrollIntoView({ block: "nearest" });
        gripHeld()?.focus();
      });
    },
  };
})());
