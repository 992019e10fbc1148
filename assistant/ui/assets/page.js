/* What the page does in the browser and Gradio has no component for, in every view: light and
   dark, keys, hover cards, opening the reader. Each view adds its own part from a file beside
   this one; every part is called once by its component's js_on_load. Nothing makes a request. */
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

  /* ---- the view in the address: back goes to the one before, a reload stays ---- */
  const FIRST = "ask";
  const nameOf = (tab) => tab.textContent.trim().toLowerCase();
  const tabs = () => [...document.querySelectorAll("#views [role=tab]")];
  let going = false;
  const goToView = () => {
    const tab = tabs().find((one) => nameOf(one) === (location.hash.slice(1) || FIRST));
    if (!tab || tab.getAttribute("aria-selected") === "true") return;
    going = true;
    tab.click();
    going = false;
  };
  document.addEventListener("click", (event) => {
    const tab = event.target instanceof Element && event.target.closest("#views [role=tab]");
    if (!tab || going) return;
    const address = new URL(location.href);
    address.hash = nameOf(tab) === FIRST ? "" : nameOf(tab);
    if (address.href !== location.href) history.pushState({ ...history.state, reading: false }, "", address);
  });
  // Where the reader stands below, opening it is a step that Back undoes.
  window.addEventListener("popstate", () => {
    goToView();
    if (!stacked() || !document.querySelector("#reader .sheet")) return;
    if (history.state?.reading) { bringIntoView(); return; }
    const from = cameFrom?.isConnected ? cameFrom : document.querySelector("#thread .turn:last-child");
    from?.scrollIntoView({ block: "center" });
    from?.focus({ preventScroll: true });
  });

  /* ---- opening the reader ---- */
  const reading = () => document.getElementById("reading");
  const stacked = () => matchMedia("(max-width: 899px)").matches;
  // Paragraphs out of view have a guessed height until they are near; then look again.
  const scrollTo = (element, block) => {
    const go = () => element.scrollIntoView({ block });
    go();
    requestAnimationFrame(() => requestAnimationFrame(go));
  };
  const bringIntoView = () => {
    const words = reading(), sheet = document.querySelector("#reader .sheet");
    if (!sheet) return;
    if (stacked() && !history.state?.reading) history.pushState({ ...history.state, reading: true }, "", location.href);
    if (words) scrollTo(words, "center");
    else { sheet.scrollTop = 0; if (stacked()) sheet.scrollIntoView({ block: "start" }); }
    (words ?? sheet).focus({ preventScroll: true });
  };
  const openOn = (element, open) => {
    element.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-number], button[data-related], button[data-source]");
      if (!button || button.disabled || button.matches(".pin")) return;
      hideCard();
      const { number, turn, related, source, start, end, sha256, note, notes } = button.dataset;
      if (!element.closest("#reader")) cameFrom = button;
      const shown = document.querySelector("#reader .position")?.dataset.number;
      if (number && shown === number) { bringIntoView(); return; }
      if (number) open({ number: Number(number) });
      else if (related) open({ turn: Number(turn), related: Number(related) });
      else if (start) open({ source, start: Number(start), end: Number(end), sha256, ...(note && { note: Number(note), notes: Number(notes) }) });
      else if (source) open({ source });
    });
  };

  /* ---- pinning what is shown to the briefing ---- */
  const pinOn = (element, pin) => {
    element.addEventListener("click", (event) => {
      const button = event.target.closest("[data-pin-turn], [data-pin]");
      if (!button) return;
      const { pin: source, start, end, sha256, speaker } = button.dataset;
      if (source) { pin({ source, start: Number(start), end: Number(end), sha256, speaker }); return; }
      const { pinTurn, pinStatement } = button.dataset;
      pin({ turn: Number(pinTurn), ...(pinStatement && { statement: Number(pinStatement) }) });
    });
  };

  return {
    pinOn, calm, card: () => card, cameFrom: () => cameFrom, hideCard, typing, scrollTo, bringIntoView, openOn,

    // What was done is said for some seconds, not counted while it is pointed at or has the keys.
    notice(element, watch, does) {
      let going = 0, shown = false;
      element.setAttribute("aria-live", "polite");
      const busy = () => element.querySelector(".toast:hover, .toast :focus-visible");
      const wait = (seconds) => {
        clearTimeout(going);
        going = setTimeout(() => { if (busy()) wait(2); else does.shut(); }, seconds * 1000);
      };
      watch("value", () => {
        clearTimeout(going);
        const toast = element.querySelector(".toast"), undo = element.querySelector("[data-restore]");
        shown = Boolean(toast);
        undo?.focus({ preventScroll: true });
        if (toast) wait(undo || toast.matches(".failed") ? 14 : 7);
      });
      document.addEventListener("click", (event) => {
        const tab = event.target instanceof Element && event.target.closest("#views [role=tab]");
        if (tab && shown) { clearTimeout(going); shown = false; does.shut(); }
      });
      element.addEventListener("click", (event) => {
        const undo = event.target.closest("[data-restore]");
        if (undo && !undo.disabled) { undo.disabled = true; does.restore({ slug: undo.dataset.restore }); }
        if (event.target.closest("[data-shut]")) does.shut();
      });
    },

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
      element.querySelector("[data-conversations]").addEventListener("click", () => {
        if (window.assistantPage.toggleConversations()) does.conversations();
      });
      element.querySelector("[data-fresh]").addEventListener("click", () => {
        does.fresh();
        document.querySelector("#question textarea, #question input")?.focus();
      });
      applyLook();
      name();
      goToView();
    },
  };
})();
