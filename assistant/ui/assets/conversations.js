/* The list of conversations: opening and shutting it, renaming in place. */
"use strict";

Object.assign(window.assistantPage, (() => {
  const opener = () => document.querySelector("[data-conversations]");
  const isOpen = () => document.body.classList.contains("conversations-open");
  const set = (open) => {
    document.body.classList.toggle("conversations-open", open);
    opener()?.setAttribute("aria-expanded", String(open));
    if (open) document.querySelector("#conversations-search input, #conversations-search textarea")?.focus();
    else opener()?.focus();
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isOpen() && !event.target.closest("form")) set(false);
  });
  document.addEventListener("click", (event) => {
    if (isOpen() && event.target.isConnected && !event.target.closest("#conversations, [data-conversations]")) set(false);
  });

  const rename = (item, does) => {
    const name = item.querySelector(".name"), form = document.createElement("form");
    const box = Object.assign(document.createElement("input"), {
      type: "text", value: name.querySelector(".title").textContent, maxLength: 120,
    });
    box.setAttribute("aria-label", "New name");
    form.className = "renaming";
    form.append(box);
    name.hidden = true;
    name.before(form);
    box.select();
    const end = () => { form.remove(); name.hidden = false; name.focus(); };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      does.rename({ id: name.dataset.show, title: box.value });
      end();
    });
    form.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.stopPropagation(); end(); } });
  };

  return {
    toggleConversations: () => { set(!isOpen()); return isOpen(); },
    conversations(element, does) {
      element.addEventListener("click", (event) => {
        const button = event.target.closest("button");
        if (!button) return;
        const { show, remove, restore } = button.dataset;
        if (show) { does.show({ id: show }); set(false); }
        else if (remove) does.remove({ id: remove });
        else if (restore) does.restore({ id: restore });
        else if (button.dataset.rename) rename(button.closest(".talk"), does);
      });
    },
  };
})());
