/* The reader's part: search in the open text, steps between citations, going back. */
"use strict";

Object.assign(window.assistantPage, (() => {
  const page = window.assistantPage;
  const { bringIntoView, openOn, scrollTo, typing } = page;

  /* ---- search in the text that is open ---- */
  const escaped = (words) => words.trim().replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&").replace(/\s+/g, "\\s+");
  const findIn = (text, words) => {
    const found = [];
    if (!text || !words.trim()) return found;
    const pattern = new RegExp(escaped(words), "giu");
    for (const paragraph of text.querySelectorAll("[data-start]")) {
      const pieces = [];
      let whole = "";
      const walk = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT, {
        acceptNode: (node) => node.parentElement.closest("button") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
      });
      for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        pieces.push([whole.length, node]);
        whole += node.data;
      }
      const place = (offset, isEnd) => {
        let at = 0;
        while (at + 1 < pieces.length && (isEnd ? pieces[at + 1][0] < offset : pieces[at + 1][0] <= offset)) at++;
        return [pieces[at][1], offset - pieces[at][0]];
      };
      for (const match of whole.matchAll(pattern)) {
        const range = document.createRange();
        range.setStart(...place(match.index, false));
        range.setEnd(...place(match.index + match[0].length, true));
        found.push(range);
      }
    }
    return found;
  };

  /* ---- the words to pin: those selected in the text, else those highlighted ---- */
  const count = (words) => [...words].length; // characters as the sources count them
  const offsetOf = (paragraph, node, offset) => {
    const before = document.createRange();
    before.setStart(paragraph, 0);
    before.setEnd(node, offset);
    const copy = before.cloneContents();
    copy.querySelectorAll("button").forEach((chip) => chip.remove());
    return Number(paragraph.dataset.start) + count(copy.textContent);
  };
  const paragraphOf = (node) => (node instanceof Element ? node : node.parentElement)?.closest(".text [data-start]");
  const wordsToPin = (text) => {
    const picked = getSelection();
    const range = picked.rangeCount && !picked.isCollapsed && picked.getRangeAt(0);
    const [from, to] = range ? [paragraphOf(range.startContainer), paragraphOf(range.endContainer)] : [];
    if (from && to && text.contains(from)) {
      return [offsetOf(from, range.startContainer, range.startOffset), offsetOf(to, range.endContainer, range.endOffset)];
    }
    return page.placeNow();
  };

  /* ---- asking about words that are selected in the text ---- */
  const MAX_ASKED_ABOUT = 300;
  const offer = (element) => {
    const button = Object.assign(document.createElement("button"), {
      type: "button", className: "ask-about", textContent: "Ask about this passage", hidden: true,
    });
    let words = "";
    document.querySelector(".gradio-container").append(button);
    const look = () => {
      const chosen = document.getSelection(), text = element.querySelector(".text");
      const inside = text && chosen.rangeCount && !chosen.isCollapsed && text.contains(chosen.anchorNode) && text.contains(chosen.focusNode);
      words = inside ? chosen.toString().replace(/\s+/g, " ").trim() : "";
      button.hidden = words.length < 3;
      if (button.hidden) return;
      const at = chosen.getRangeAt(0).getBoundingClientRect();
      button.style.left = `${Math.max(8, Math.min(at.left, innerWidth - 210))}px`;
      button.style.top = `${Math.max(8, Math.min(at.bottom + 8, innerHeight - 48))}px`;
    };
    document.addEventListener("selectionchange", look);
    document.addEventListener("scroll", look, { capture: true, passive: true });
    button.addEventListener("click", () => {
      const box = document.querySelector("#question textarea, #question input");
      [...document.querySelectorAll("#views [role=tab]")].find((tab) => tab.textContent.trim() === "Ask")?.click();
      box.value = `What is said about “${words.slice(0, MAX_ASKED_ABOUT)}”?`;
      box.dispatchEvent(new Event("input", { bubbles: true }));
      document.getSelection().removeAllRanges();
      setTimeout(() => box.focus());
    });
  };

  /* ---- the pages of a text that has some: which one is read, and going to one ---- */
  const pagesOf = (element) => {
    let marks = [], waiting = false;
    const field = () => element.querySelector("#page-now");
    const top = () => element.querySelector(".reader-head").getBoundingClientRect().bottom + 48;
    const tell = () => {
      waiting = false;
      const input = field();
      if (!input || input === document.activeElement || !marks.length) return;
      let first = 0, last = marks.length - 1; // of the marks, the last one that is not below the top
      while (first < last) {
        const middle = Math.ceil((first + last) / 2);
        if (marks[middle].getBoundingClientRect().top <= top()) first = middle; else last = middle - 1;
      }
      input.value = marks[first].dataset.page;
    };
    const later = () => { if (!waiting && marks.length) { waiting = true; requestAnimationFrame(tell); } };
    document.addEventListener("scroll", later, { capture: true, passive: true });
    element.addEventListener("focusin", (event) => { if (event.target === field()) event.target.select(); });
    element.addEventListener("focusout", (event) => { if (event.target === field()) { event.target.setCustomValidity(""); setTimeout(later); } });
    element.addEventListener("input", (event) => { if (event.target === field()) event.target.setCustomValidity(""); });
    element.addEventListener("submit", (event) => {
      if (!event.target.matches(".go-page")) return;
      const input = field(), wanted = input.value.trim().toLowerCase();
      const found = marks.find((mark) => mark.dataset.page.toLowerCase() === wanted);
      if (found) { scrollTo(found, "start"); return; }
      input.setCustomValidity(`There is no page ${input.value.trim()}.`);
      input.reportValidity();
    });
    return () => { marks = [...element.querySelectorAll(".text .page-mark")]; later(); };
  };

  /* ---- search for passages, where nothing is open; and a briefing's footnotes one by one ---- */
  let sought = ""; // what the reader goes back to when a text is closed
  const seeking = (element, does) => {
    let waiting = false;
    element.addEventListener("submit", (event) => {
      if (!event.target.matches(".seek")) return;
      sought = event.target.words.value.trim();
      waiting = true;
      does.seek({ words: sought });
    });
    element.addEventListener("click", (event) => {
      if (event.target.closest("[data-hide]")) {
        document.getElementById("columns").classList.remove("seeking");
        if (sought) does.seek({ words: sought = "" });
      }
      const step = event.target.closest(".step[data-note]");
      if (step) document.querySelector(`#briefing .chip[data-note="${step.dataset.note}"]`)?.click();
    });
    return () => {
      const results = element.querySelector("#results-title");
      if (!results && element.querySelector(".shelf")) sought = "";
      if (results && waiting) results.focus({ preventScroll: true });
      waiting = false;
    };
  };

  return {
    // The search beside a view that has the whole width while nothing is open.
    seek() {
      const ready = () => document.getElementById("seek-words");
      const wait = () => ready() ? ready().focus() : requestAnimationFrame(wait);
      document.getElementById("columns").classList.add("seeking");
      document.querySelector("#reader [data-close]")?.click();
      wait();
    },

    placeNow() {
      const place = document.querySelector("#reader .position")?.dataset.place ?? "";
      return place.includes(":") ? place.split(":").map(Number) : null;
    },

    reader(element, watch, does) {
      let found = [], at = -1, shown = null, newest = 0, mended = false;
      // A sheet that was drawn before the last move and came after it: ask once for the right one.
      const isLate = () => {
        const moves = Number(element.querySelector("[data-moves]")?.dataset.moves ?? newest);
        const late = moves < newest && !mended;
        mended = late;
        newest = late ? newest : moves;
        return late;
      };
      const findPages = pagesOf(element), lookForResults = seeking(element, does);
      offer(element);
      const paint = () => {
        if (!CSS.highlights) return;
        CSS.highlights.set("found", new Highlight(...found));
        CSS.highlights.set("found-now", new Highlight(...(found[at] ? [found[at]] : [])));
      };
      const tell = (words) => {
        const output = element.querySelector(".found");
        if (output) output.textContent = !words.trim() ? "" : found.length ? `${at + 1} of ${found.length}` : "none";
      };
      const go = (step) => {
        if (!found.length) return;
        at = (at + step + found.length) % found.length;
        found[at].startContainer.parentElement.scrollIntoView({ block: "center" });
        paint();
      };
      const search = (words) => {
        found = findIn(element.querySelector(".text"), words);
        at = -1;
        go(1);
        paint();
        tell(words);
      };
      openOn(element, does.open);
      page.pinOn(element, does.pin);
      element.addEventListener("input", (event) => { if (event.target.id === "find-words") search(event.target.value); });
      element.addEventListener("click", (event) => {
        const only = event.target.closest("[data-only]");
        if (only) { does.only({ source: only.dataset.only }); document.querySelector("#question textarea")?.focus(); }
        const to = document.getElementById(event.target.closest("[data-to]")?.dataset.to ?? "");
        if (to) { scrollTo(to, "center"); to.focus({ preventScroll: true }); }
      });
      element.addEventListener("submit", (event) => event.preventDefault());
      element.addEventListener("mousedown", (event) => { if (event.target.closest("[data-pin-words]")) event.preventDefault(); });
      element.addEventListener("click", (event) => {
        const text = element.querySelector(".text");
        if (!text || !event.target.closest("[data-pin-words]")) return;
        const [start, end] = wordsToPin(text) ?? [];
        const { source, sha256 } = text.dataset;
        does.pin({ source, sha256, start: start ?? -1, end: end ?? -1 });
      });
      element.addEventListener("click", (event) => {
        if (!event.target.closest("[data-close]")) return;
        if (sought) does.seek({ words: sought }); else does.shut();
        if (history.state?.reading) history.back(); // where Back would lead back into nothing
        (page.cameFrom()?.isConnected ? page.cameFrom() : document.querySelector("#question textarea"))?.focus();
      });
      element.addEventListener("keydown", (event) => {
        if (event.target.id === "find-words") {
          if (event.key === "Enter") { event.preventDefault(); go(event.shiftKey ? -1 : 1); tell(event.target.value); }
          return;
        }
        if (typing(event.target)) return;
        const box = event.target.closest(".table-box"); // the arrows move a table that is wider
        if (event.target === box && box?.scrollWidth > box?.clientWidth) return;
        const step = { ArrowLeft: "before", ArrowRight: "after" }[event.key];
        if (step) element.querySelector(`.step.${step}:not(:disabled)`)?.click();
        if (event.key === "Escape" && !page.card() && page.cameFrom()?.isConnected) { page.cameFrom().focus(); }
      });
      watch("value", () => {
        if (isLate()) { shown = null; does.again(); return; }
        const text = element.querySelector(".text");
        const now = text && `${text.dataset.source} ${element.querySelector(".position").dataset.place}`;
        const box = element.querySelector("#find-words");
        found = box?.value ? findIn(text, box.value) : [];
        at = -1;
        paint();
        if (box) tell(box.value);
        findPages();
        lookForResults();
        if (now && now !== shown) bringIntoView();
        shown = now;
      });
    },
  };
})());
