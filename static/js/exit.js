/*
  The quick exit: blanks this page at once, leaves by /leave/, and keeps Back from showing what was read.
  In the head and not deferred, so that a page that must not be seen is blank before anything is drawn; also on pages
  without the exit, because Back may reach them after it was used on another.
  How it works, what was measured and what it cannot do: docs/safety.md.
*/
(() => {
  const root = document.documentElement;
  const history = window.navigation; // the Navigation API: older browsers have none
  const quiet = new URLSearchParams(location.search).get("v") === "q";
  const link = () => document.querySelector(".exit a");

  root.classList.add("scripted");
  if (history) root.classList.add("covers");
  if (quiet) history?.updateCurrentEntry({ state: "quiet" });

  function blank() {
    root.hidden = true;
    document.title = "One moment";
  }

  function leave() {
    if (!dispatchEvent(new Event("leave", { cancelable: true }))) return; // somebody is only trying it
    const address = link()?.dataset.to;
    blank();
    location.replace(history ? "/leave/" : address);
    // A server of ours that does not answer must not hold anybody here.
    if (address) setTimeout(() => location.replace(address), 2000);
  }

  // Whether somebody left from here, or from a quiet visit that began here, and has come back by the Back button.
  // Marks, not addresses: those of other entries are withheld from a site that sends no referrer.
  function cameBack() {
    const here = history?.currentEntry;
    const ahead = here ? history.entries().slice(here.index + 1) : [];
    return ahead.some((entry) => entry.getState() === "left" || (!quiet && entry.getState() === "quiet"));
  }

  function leaveAgain() {
    blank();
    stop(); // nothing more of this page, its title least of all
    location.replace("/leave/");
  }

  if (cameBack()) return leaveAgain();
  // A page that the browser keeps whole for Back is kept blank: it would be drawn before any script is asked.
  addEventListener("pagehide", () => (root.hidden = true));
  addEventListener("pageshow", (event) => {
    if (event.persisted) cameBack() ? leaveAgain() : (root.hidden = false);
  });

  addEventListener("click", (event) => {
    const chosen = event.target.closest?.(".exit a");
    if (!chosen) return;
    event.preventDefault();
    chosen === link() ? leave() : location.replace(chosen.href);
  });

  // Shift three times or Escape twice, with no other key between and less than five seconds.
  const needed = { Shift: 3, Escape: 2 };
  let last, presses, forget;
  addEventListener("keydown", ({ key, repeat }) => {
    if (repeat) return;
    clearTimeout(forget);
    presses = key === last ? presses + 1 : 1;
    last = key;
    forget = setTimeout(() => (last = say("")), 5000);
    const more = link() && needed[key] - presses;
    if (more === 0) {
      last = "";
      leave();
    }
    say(more > 0 ? `Press ${key} ${more === 1 ? "once more" : "twice more"} to leave this page.` : "");
  });

  function say(words) {
    const status = document.querySelector(".exit [role=status]");
    if (status && status.textContent !== words) status.textContent = words;
  }
})();
