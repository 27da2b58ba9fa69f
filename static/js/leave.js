/*
  /leave/: marks its place in the tab's history for the pages behind it (exit.js), then goes on to the next site.
  Only when the load event is over: until then a new entry replaces this one, and Back shows the page that was left.
*/
addEventListener("pageshow", () =>
  setTimeout(() => {
    const address = document.querySelector("a").href;
    if (!window.navigation) return location.replace(address);
    navigation.updateCurrentEntry({ state: "left" });
    navigation.navigate(address, { history: "push" });
  }),
);
