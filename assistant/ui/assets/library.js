/* The library's part: files dropped anywhere on the view, the table's keys, the card. */
"use strict";

Object.assign(window.assistantPage, (() => {
  const { openOn } = window.assistantPage;
  const on = (element, kind, name, then) => element.addEventListener(kind, (event) => {
    const found = event.target.closest?.(`[data-${name}]`);
    if (found && !found.disabled) then(found, event);
  });
  // What is drawn anew keeps the focus where it was.
  const keepFocus = (element, watch, otherwise) => {
    let key = null;
    element.addEventListener("focusin", (event) => { key = event.target.dataset?.key ?? null; });
    element.addEventListener("focusout", (event) => { if (event.relatedTarget) key = null; });
    watch("value", () => {
      if (!key || element.contains(document.activeElement)) return;
      const again = [...element.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key && !one.disabled);
      if (again) again.focus({ preventScroll: true }); else otherwise?.();
    });
  };

  // What the table was last asked to show. A table that was drawn before that may come after it
  // (a text has just been added): then it is asked for once more.
  const asked = {};
  let askedAgain = false;
  const look = (does, what) => { Object.assign(asked, what); does.look(what); };
  const isAsAsked = (element) => Object.entries(asked).every(([name, value]) => {
    const drawn = name === "words" ? element.querySelector("[data-words]")?.dataset.words
      : element.querySelector(`[data-look="${name}"]`)?.value;
    return drawn === undefined || drawn === String(value).slice(0, 200);
  });

  return {
    // Sends files, and has those added that arrived; whether there were any.
    async sendFiles(list, most, does) {
      const files = [...list];
      const sent = [];
      for (const file of files) {
        const problem = !file.size ? "It is empty, or a folder."
          : file.size > most ? `It is larger than ${Math.round(most / 1048576)} MB.` : null;
        if (problem) { sent.push({ name: file.name, problem }); continue; }
        try { sent.push({ name: file.name, size: file.size, sent: (await does.upload(file)).path }); }
        catch { sent.push({ name: file.name, problem: "It did not arrive." }); }
      }
      if (sent.length) does.arrive({ files: sent });
      return sent.length > 0;
    },

    // Files dropped anywhere on a view.
    takeDrops(view, send) {
      const carries = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
      view.addEventListener("dragover", (event) => { if (carries(event)) { event.preventDefault(); view.classList.add("over"); } });
      view.addEventListener("dragleave", (event) => { if (!view.contains(event.relatedTarget)) view.classList.remove("over"); });
      view.addEventListener("drop", (event) => {
        if (!carries(event)) return;
        event.preventDefault();
        view.classList.remove("over");
        send(event.dataTransfer.files);
      });
    },

    door(element, does) {
      const door = element.querySelector(".door"), most = Number(door.dataset.max);
      const send = async (list) => {
        door.classList.add("sending");
        await window.assistantPage.sendFiles(list, most, does);
        door.classList.remove("sending");
      };
      const input = element.querySelector("#library-files");
      input.addEventListener("change", () => { send(input.files); input.value = ""; });
      window.assistantPage.takeDrops(document.getElementById("library"), send);
      const narrow = matchMedia("(max-width: 480px)"), many = () => look(does, { size: narrow.matches ? 10 : 50 });
      narrow.addEventListener("change", many);
      if (narrow.matches) many();
      const words = element.querySelector("#library-words"), address = element.querySelector("#library-address");
      let waiting = 0;
      words.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(() => look(does, { words: words.value }), 180); });
      element.addEventListener("submit", (event) => {
        event.preventDefault();
        if (event.target.matches(".address") && address.value.trim()) { does.arrive({ address: address.value }); address.value = ""; }
      });
    },

    line(element, watch, does) {
      on(element, "click", "stop", (button) => { button.disabled = true; does.stop(); });
      on(element, "click", "again", () => does.again());
      on(element, "click", "clear", () => does.clear());
      let finished = 0;
      watch("value", () => {
        const now = parseInt(element.querySelector(".overall")?.textContent ?? "0", 10) || 0;
        if (now > finished) does.finished();
        finished = now;
      });
      keepFocus(element, watch);
    },

    books(element, watch, does) {
      openOn(element, does.open);
      on(element, "change", "look", (select) => look(does, { [select.dataset.look]: select.value }));
      on(element, "click", "by", (button) => look(does, { by: button.dataset.by, descending: button.dataset.descending === "true" }));
      on(element, "click", "page", (button) => does.look({ page: Number(button.dataset.page) }));
      on(element, "click", "edit", (button) => does.edit({ slug: button.dataset.edit }));
      on(element, "click", "remove", (button) => { button.disabled = true; does.remove({ slug: button.dataset.remove }); });
      on(element, "click", "restore", (button) => { button.disabled = true; does.restore({ slug: button.dataset.restore }); });
      on(element, "click", "reread", (button) => { button.disabled = true; does.reread(); });
      on(element, "click", "forget", (button) => does.forget({ origin: button.dataset.forget }));
      on(element, "click", "empty", (button) => {
        const many = Number(button.dataset.empty);
        if (confirm(`Forget ${many} removed source${many === 1 ? "" : "s"} for good? This cannot be undone.`)) does.empty();
      });
      watch("value", () => {
        askedAgain = !askedAgain && !isAsAsked(element);
        if (askedAgain) does.look(asked);
      });
      keepFocus(element, watch);
    },

    bookCard(element, watch, does) {
      let cameFrom = null;
      const shut = () => {
        element.querySelector("dialog")?.close();
        does.shut();
        const again = [...document.querySelectorAll("#library-table [data-key]")].find((one) => one.dataset.key === cameFrom);
        again?.focus();
      };
      watch("value", () => {
        const dialog = element.querySelector("dialog");
        if (!dialog || dialog.open) return;
        cameFrom = `edit-${dialog.dataset.slug}`;
        dialog.showModal();
        dialog.querySelector("input").focus();
        dialog.addEventListener("cancel", (event) => { event.preventDefault(); shut(); });
      });
      on(element, "click", "shut", shut);
      on(element, "click", "version", (button) => {
        does.version({ source: element.querySelector("dialog").dataset.slug, version: button.dataset.version });
        shut();
      });
      on(element, "click", "copy", async (button) => {
        try { await navigator.clipboard.writeText(button.dataset.copy); button.textContent = "Copied"; }
        catch { getSelection().selectAllChildren(button.previousElementSibling); }
      });
      element.addEventListener("submit", (event) => {
        event.preventDefault();
        does.save({ slug: element.querySelector("dialog").dataset.slug, ...Object.fromEntries(new FormData(event.target)) });
      });
    },
  };
})());
