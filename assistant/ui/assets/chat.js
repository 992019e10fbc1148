/* The conversation's part: examples, questions asked again, and keeping the newest in view. */
"use strict";

Object.assign(window.assistantPage, (() => {
  const { calm, hideCard, openOn, pinOn } = window.assistantPage;

  // As words, and for documents as HTML beside them.
  const copy = async (words, html) => {
    const kinds = { "text/plain": words, ...(html && { "text/html": html }) };
    try {
      const item = Object.entries(kinds).map(([kind, value]) => [kind, new Blob([value], { type: kind })]);
      await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(item))]);
      return;
    } catch { /* an address without TLS has none */ }
    const box = Object.assign(document.createElement("textarea"), { value: words });
    document.body.append(box);
    box.select();
    document.addEventListener("copy", (event) => {
      event.preventDefault();
      for (const [kind, value] of Object.entries(kinds)) event.clipboardData.setData(kind, value);
    }, { once: true });
    document.execCommand("copy");
    box.remove();
  };
  const shutMenus = (except) => {
    for (const menu of document.querySelectorAll("#thread details.menu[open]")) if (menu !== except) menu.open = false;
  };
  document.addEventListener("click", (event) => shutMenus(event.target.closest?.("details.menu")));
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.querySelector("#thread details.menu[open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
  });
  const openView = (name) => [...document.querySelectorAll("#views [role=tab]")].find((tab) => tab.textContent.trim() === name)?.click();
  const show = (button, attribute) => {
    const shown = document.getElementById(button.dataset[attribute]);
    shown.hidden = !shown.hidden;
    button.setAttribute("aria-expanded", String(!shown.hidden));
  };
  const edit = (button, does) => {
    const turn = Number(button.dataset.edit), asked = document.getElementById(`asked-${turn}`);
    const form = document.createElement("form"), box = document.createElement("textarea"), row = document.createElement("p");
    if (asked.hidden) return;
    form.className = "editing";
    box.value = asked.textContent;
    box.rows = 3;
    box.dir = "auto";
    box.setAttribute("aria-label", "Question");
    const ask = Object.assign(document.createElement("button"), { type: "submit", className: "act", textContent: "Ask" });
    const leave = Object.assign(document.createElement("button"), { type: "button", className: "act", textContent: "Cancel" });
    row.append(ask, leave);
    if ("branches" in button.dataset) row.append("The conversation as it is stays in the list.");
    form.append(box, row);
    asked.hidden = true;
    asked.after(form);
    box.focus();
    const end = () => { form.remove(); asked.hidden = false; button.focus(); };
    leave.addEventListener("click", end);
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") end();
      if (event.key === "Enter" && !event.shiftKey && event.target === box) { event.preventDefault(); form.requestSubmit(); }
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (box.value.trim()) does.ask({ question: box.value, turn });
    });
  };
  const act = (element, button, does) => {
    const { ask, turn, copy: what, thumb, reason } = button.dataset;
    const at = turn === undefined ? {} : { turn: Number(turn) };
    if (ask) does.ask({ question: ask, ...at, ...("unfiltered" in button.dataset && { unfiltered: true }) });
    else if ("stop" in button.dataset) does.stop();
    else if ("widen" in button.dataset) does.widen(at);
    else if (thumb) does.judge({ ...at, helpful: thumb === "up", reason: reason ?? null });
    else if (button.dataset.reasons) show(button, "reasons");
    else if (button.dataset.covered) show(button, "covered");
    else if (button.dataset.view) openView(button.dataset.view);
    else if (button.dataset.edit) edit(button, does);
    else if (what) {
      const label = button.querySelector("span") ?? button, words = label.textContent, menu = button.closest("details");
      copy(document.getElementById(what).textContent, document.getElementById(button.dataset.html)?.textContent).then(() => {
        label.textContent = "Copied";
        setTimeout(() => {
          label.textContent = words;
          if (menu?.open) { menu.open = false; menu.querySelector("summary").focus(); }
        }, 1600);
      });
    }
  };

  const FEW = 4; // of each kind of filter, as its template has it
  const chosen = (form) => {
    const values = (name) => [...form.querySelectorAll(`[name=${name}]:checked`)].map((box) => box.value);
    return {
      sources: values("sources"), publishers: values("publishers"), tags: values("tags"),
      since: form.since.value, until: form.until.value,
    };
  };

  // Of each kind the first few are shown, those that are chosen, and those whose name is typed.
  const find = (panel) => {
    const typed = panel.querySelector("[data-find]")?.value.trim().toLocaleLowerCase() ?? "";
    let any = false;
    for (const kind of panel.querySelectorAll("fieldset")) {
      const all = kind.querySelector("[data-all]"), open = !all || kind.matches(".open");
      [...kind.querySelectorAll(".choices label")].forEach((label, at) => {
        const fits = typed ? label.textContent.toLocaleLowerCase().includes(typed) : open || at < FEW;
        label.hidden = !fits && (Boolean(typed) || !label.querySelector("input").checked);
      });
      if (all) all.hidden = Boolean(typed) || open;
      kind.hidden = !kind.querySelector(".choices label:not([hidden])");
      any ||= !kind.hidden;
    }
    panel.querySelector(".dates").hidden = Boolean(typed);
    const none = panel.querySelector(".none");
    if (none) none.hidden = any || !typed;
  };

  return {
    filters(element, watch, does) {
      const panel = () => element.querySelector("#filter-panel");
      const open = (shown) => {
        if (!panel()) return;
        panel().hidden = !shown;
        element.querySelector("[data-filter]").setAttribute("aria-expanded", String(shown));
        if (shown) panel().querySelector("input").focus();
      };
      const set = (what) => { does.set(what); open(false); document.querySelector("#question textarea")?.focus(); };
      element.addEventListener("click", (event) => {
        const button = event.target.closest("button");
        if (!button) return;
        const { clear, value } = button.dataset;
        if ("filter" in button.dataset) open(panel().hidden);
        else if ("all" in button.dataset) {
          button.closest("fieldset").classList.add("open");
          find(panel());
          button.closest("fieldset").querySelector("input").focus();
        }
        else if ("none" in button.dataset) set({});
        else if (clear) {
          const what = chosen(panel());
          set({ ...what, [clear]: Array.isArray(what[clear]) ? what[clear].filter((one) => one !== value) : "" });
        }
      });
      element.addEventListener("input", (event) => { if (event.target.matches("[data-find]")) find(panel()); });
      element.addEventListener("submit", (event) => { event.preventDefault(); set(chosen(panel())); });
      element.addEventListener("keydown", (event) => {
        if (event.key === "Escape" && !panel().hidden) { open(false); element.querySelector("[data-filter]").focus(); }
      });
      document.addEventListener("click", (event) => {
        if (panel() && !panel().hidden && !event.composedPath().includes(element)) open(false);
      });
    },

    status(element, does) {
      element.addEventListener("click", (event) => {
        const button = event.target.closest("[data-mode]");
        if (button && button.getAttribute("aria-pressed") !== "true") does.choose({ mode: button.dataset.mode });
      });
    },

    follows(element, does) {
      element.addEventListener("click", (event) => {
        const button = event.target.closest("[data-ask]");
        if (button) does.ask({ question: button.dataset.ask });
      });
    },

    // Files may be dropped on the conversation, too: what becomes of them is told in the library.
    welcome(element, does) {
      window.assistantPage.follows(element, does);
      const send = async (files) => {
        if (await window.assistantPage.sendFiles(files, Number(element.querySelector(".welcome").dataset.max), does)) openView("Library");
      };
      window.assistantPage.takeDrops(document.getElementById("chat"), send);
      element.addEventListener("change", (event) => {
        if (event.target.matches("[data-files]")) { send(event.target.files); event.target.value = ""; }
      });
    },

    thread(element, watch, does) {
      openOn(element, does.open);
      pinOn(element, does.pin);
      element.addEventListener("click", (event) => {
        const button = event.target.closest("button");
        if (button && !button.disabled) act(element, button, does);
      });
      document.addEventListener("keydown", (event) => {
        if (event.key === "Escape" && event.target.closest?.("#question")) element.querySelector("[data-stop]")?.click();
      });
      element.setAttribute("role", "log");
      element.setAttribute("aria-live", "polite");
      element.setAttribute("aria-label", "Conversation");
      // What is written and where it is asked are as wide, also where a scrollbar takes room.
      const paper = document.getElementById("paper");
      new ResizeObserver(() => {
        paper.parentElement.style.setProperty("--gutter", `${paper.offsetWidth - paper.clientWidth}px`);
      }).observe(paper);
      // Windows of one browser tell each other how far a conversation is, and which is behind.
      const others = "BroadcastChannel" in window ? new BroadcastChannel("conversations") : null;
      const mark = () => {
        const { conversation: id, state } = element.querySelector("[data-conversation]")?.dataset ?? {};
        return { id, state };
      };
      const stale = Object.assign(document.createElement("p"), { className: "partly stale", hidden: true });
      stale.setAttribute("role", "status");
      element.after(stale);
      const told = (behind) => {
        stale.hidden = !behind;
        stale.innerHTML = behind ? "This conversation has gone on in another window. <button type=\"button\" class=\"inline\">Show it as it is now</button>" : "";
      };
      stale.addEventListener("click", (event) => { if (event.target.closest("button")) does.renew(); });
      others?.addEventListener("message", ({ data }) => {
        const { id, state } = mark();
        if (id && data.id === id && !element.querySelector(".working")) told(data.state !== state);
      });
      let turns = 0, last = "";
      watch("value", () => {
        hideCard();
        const { id: now, state } = mark();
        told(false);
        if (now && !element.querySelector(".working") && state !== last) {
          if (last) others?.postMessage({ id: now, state });
          last = state;
        }
        const all = element.querySelectorAll(".turn");
        if (all.length > turns) {
          all[all.length - 1].scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
        }
        turns = all.length;
        const view = (name) => [...document.querySelectorAll("#views [role=tab]")].some((tab) => tab.textContent.trim() === name);
        element.querySelectorAll("[data-view]").forEach((button) => { button.hidden = !view(button.dataset.view); });
        const address = new URL(location.href), id = element.querySelector("[data-conversation]")?.dataset.conversation;
        if (id) address.searchParams.set("conversation", id); else address.searchParams.delete("conversation");
        history.replaceState(history.state, "", address);
      });
    },
  };
})());
