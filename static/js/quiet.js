/*
  A quiet visit: every step replaces the page instead of adding to the tab's history. Works in every browser with
  JavaScript. The mark stands in the address (?v=q) and nowhere else.
*/
(() => {
  const marked = (address) => {
    const url = new URL(address, location.href);
    if (url.origin === location.origin) url.searchParams.set("v", "q");
    return url.href;
  };

  for (const link of document.querySelectorAll("a[href^='/'], a[href^='?'], a[href^='.']")) {
    if (!link.matches(".quiet__off")) link.href = marked(link.href);
  }

  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    const other = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (!link || other || event.defaultPrevented || !link.protocol.startsWith("http")) return;
    event.preventDefault();
    location.replace(link.matches(".quiet__off") ? link.href : marked(link.href));
  });

  addEventListener("submit", (event) => {
    event.preventDefault();
    const url = new URL(event.target.action);
    url.search = new URLSearchParams(new FormData(event.target));
    location.replace(marked(url));
  });
})();
