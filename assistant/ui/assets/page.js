/* What the page does in the browser and Gradio has no component for: hover cards, moving
   the reader to the cited words, search in a text, keys, light and dark.
   Every function is called once by its component's js_on_load; nothing here makes a request. */
"use strict";

window.assistantPage ??= (() => {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const root = document.documentElement;
  let cameFrom = null; // the chip or passage that opened the reader, to give focus back to

  /* ---- light, dark, system ---- */
  const looks = ["system", "light", "dark"];
  const systemDark = matchMedia("(prefers-color-scheme: dark)");
  const look = () => {
    try { return looks.includes(localStorage.look) ? localStorage.look : "system"; } catch { return "system"; }
  };
  const applyLook = () => {
    const dark = look() === "dark" || (look() === "system" && systemDark.matches);
    document.body.classList.toggle("dark", dark);
    root.style.colorScheme = dark ? "dark" : "light";
  };
  systemDark.addEventListener("change", () => setTimeout(applyLook));

  /* ---- the card of a citation, while its chip is hovered or focused ---- */
  let card = null, over = null, hiding = 0;
  const cardOf = (chip) => document.getElementById(chip.getAttribute("aria-describedby") ?? "");
  const hideCard = () => { card?.remove(); card = over = null; };
  const hideSoon = () => { clearTimeout(hiding); hiding = setTimeout(hideCard, 160); };
  const keepCard = () => clearTimeout(hiding);
  const showCard = (chip) => {
    const about = cardOf(chip);
    keepCard();
    if (!about || over === chip) return;
    hideCard();
    over = chip;
    card = about.cloneNode(true);
    card.removeAttribute("id");
    card.className = "card floating";
    card.setAttribute("aria-hidden", "true"); // the chip is described by the original
    card.addEventListener("mouseenter", keepCard);
    card.addEventListener("mouseleave", hideSoon);
    document.querySelector(".gradio-container").append(card);
    const at = chip.getBoundingClientRect(), size = card.getBoundingClientRect(), gap = 8;
    const left = Math.min(Math.max(gap, at.left + at.width / 2 - size.width / 2), innerWidth - size.width - gap);
    const above = at.top - size.height - gap;
    card.style.left = `${left}px`;
    card.style.top = `${above >= gap ? above : at.bottom + gap}px`;
  };
  const isChip = (target) => target instanceof Element && target.closest(".chip[aria-describedby]");
  document.addEventListener("mouseover", (event) => { const chip = isChip(event.target); if (chip) showCard(chip); });
  document.addEventListener("mouseout", (event) => { if (isChip(event.target)) hideSoon(); });
  document.addEventListener("focusin", (event) => {
    const chip = isChip(event.target);
    if (chip && chip.matches(":focus-visible")) showCard(chip); else if (over && event.target !== over) hideCard();
  });
  document.addEventListener("scroll", hideCard, { capture: true, passive: true });

  /* ---- keys ---- */
  const typing = (target) => target instanceof Element && target.closest("input, textarea, select, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && card) { hideCard(); return; }
    if (event.key === "/" && !typing(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const box = document.querySelector("#question textarea, #question input");
      if (box) { event.preventDefault(); box.focus(); }
    }
  });

  /* ---- opening the reader ---- */
  const reading = () => document.getElementById("reading");
  const stacked = () => matchMedia("(max-width: 899px)").matches;
  const bringIntoView = () => {
    const words = reading(), sheet = document.querySelector("#reader .sheet");
    if (!sheet) return;
    const centre = () => words.scrollIntoView({ block: "center" });
    // Paragraphs out of view have a guessed height until they are near; then look again.
    if (words) { centre(); requestAnimationFrame(() => requestAnimationFrame(centre)); }
    else { sheet.scrollTop = 0; if (stacked()) sheet.scrollIntoView({ block: "start" }); }
    (words ?? sheet).focus({ preventScroll: true });
  };
  const openOn = (element, open) => {
    element.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-number], button[data-related], button[data-source]");
      if (!button || button.disabled) return;
      hideCard();
      const { number, turn, related, source } = button.dataset;
      if (!element.closest("#reader")) cameFrom = button;
      const shown = document.querySelector("#reader .position")?.dataset.number;
      if (number && shown === number) { bringIntoView(); return; }
      if (number) open({ number: Number(number) });
      else if (related) open({ turn: Number(turn), related: Number(related) });
      else if (source) open({ source });
    });
  };

  /* ---- search in the text that is open ---- */
  const escaped = (words) => words.trim().replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&").replace(/\s+/g, "\\s+");
  const findIn = (text, words) => {
    const found = [];
    if (!text || !words.trim()) return found;
    const pattern = new RegExp(escaped(words), "giu");
    for (const paragraph of text.querySelectorAll("p")) {
      const pieces = [];
      let whole = "";
      const walk = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT, {
        acceptNode: (node) => node.parentElement.closest(".chip") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
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

  return {
    header(element, does) {
      const button = element.querySelector("[data-look]");
      const name = () => {
        const now = look();
        button.setAttribute("aria-label", `Appearance: ${now === "system" ? "as the system" : now}`);
        button.querySelector(".look-name").textContent = now[0].toUpperCase() + now.slice(1);
      };
      button.addEventListener("click", () => {
        try { localStorage.look = looks[(looks.indexOf(look()) + 1) % looks.length]; } catch { /* not kept */ }
        applyLook();
        name();
      });
      element.querySelector("[data-fresh]").addEventListener("click", () => {
        does.fresh();
        document.querySelector("#question textarea, #question input")?.focus();
      });
      applyLook();
      name();
    },

    welcome(element, does) {
      element.addEventListener("click", (event) => {
        const button = event.target.closest("[data-ask]");
        if (button) does.ask({ question: button.dataset.ask });
      });
    },

    thread(element, watch, does) {
      openOn(element, does.open);
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

    reader(element, watch, does) {
      let found = [], at = -1, shown = null;
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
      element.addEventListener("input", (event) => { if (event.target.id === "find-words") search(event.target.value); });
      element.addEventListener("submit", (event) => event.preventDefault());
      element.addEventListener("click", (event) => {
        if (!event.target.closest("[data-close]")) return;
        does.shut();
        (cameFrom?.isConnected ? cameFrom : document.querySelector("#question textarea"))?.focus();
      });
      element.addEventListener("keydown", (event) => {
        if (event.target.id === "find-words") {
          if (event.key === "Enter") { event.preventDefault(); go(event.shiftKey ? -1 : 1); tell(event.target.value); }
          return;
        }
        if (typing(event.target)) return;
        const step = { ArrowLeft: "before", ArrowRight: "after" }[event.key];
        if (step) element.querySelector(`.step.${step}:not(:disabled)`)?.click();
        if (event.key === "Escape" && !card && cameFrom?.isConnected) { cameFrom.focus(); }
      });
      watch("value", () => {
        const text = element.querySelector(".text");
        const now = text && `${text.dataset.source} ${element.querySelector(".position").dataset.place}`;
        const box = element.querySelector("#find-words");
        found = box?.value ? findIn(text, box.value) : [];
        at = -1;
        paint();
        if (box) tell(box.value);
        if (now && now !== shown) bringIntoView();
        shown = now;
      });
    },
  };
})();
