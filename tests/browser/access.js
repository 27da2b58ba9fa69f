/*
  What axe does not look at. An object of functions; each looks at the page as it is now and returns the faults it
  finds, a short line each. `access.py` runs them. The numbers are those of WCAG 2.2.
*/
({
  say(element) {
    const classes = [...element.classList].map(name => "." + name).join("");
    return `${element.localName}${classes} “${(element.innerText || element.value || "").trim().slice(0, 40)}”`;
  },

  seen(element) {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && !element.closest(".vh")
      && element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
  },

  all(selector) {
    return [...document.querySelectorAll(selector)].filter(element => this.seen(element));
  },

  textNodes() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.data.trim() && this.seen(node.parentElement)) found.push(node);
    }
    return found;
  },

  floats(element) {
    for (; element; element = element.parentElement) {
      if (["fixed", "sticky"].includes(getComputedStyle(element).position)) return true;
      if (element.matches(".skip")) return true;
    }
    return false;
  },

  rgba(colour) {
    const [r, g, b, a = 1] = colour.match(/[\d.]+/g).map(Number);
    return { r, g, b, a };
  },

  ratio(one, other) {
    const light = ({ r, g, b }) => {
      const [x, y, z] = [r, g, b].map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
      return .2126 * x + .7152 * y + .0722 * z;
    };
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + .05) / (low + .05);
  },

  behind(element) {
    for (; element; element = element.parentElement) {
      const colour = this.rgba(getComputedStyle(element).backgroundColor);
      if (colour.a > .99) return colour;
    }
    return this.rgba("rgb(255, 255, 255)");
  },

  // 1.4.3. axe compares forced backgrounds with unforced text: https://github.com/dequelabs/axe-core/issues/3978
  pale() {
    return [...new Set(this.textNodes().map(node => node.parentElement))]
      .filter(e => this.ratio(this.rgba(getComputedStyle(e).color), this.behind(e)) < 4.5)
      .map(e => this.say(e));
  },

  // 1.4.11: what is pressed or filled in has an edge that stands out from what is round it.
  edgeless() {
    return this.all(".plate, .exit, .button, select, input[type=search], .way, .tags a").filter(e => {
      const style = getComputedStyle(e);
      const edge = this.rgba(style.borderTopColor);
      return style.borderTopStyle === "none" || parseFloat(style.borderTopWidth) < 1 || edge.a < .99
        || this.ratio(edge, this.behind(e.parentElement)) < 3 && this.ratio(edge, this.behind(e)) < 3;
    }).map(e => this.say(e));
  },

  sideways() {
    return [document.documentElement, ...document.querySelectorAll(".view")]
      .filter(e => e.scrollWidth > e.clientWidth)
      .map(e => `${this.say(e)}: ${e.scrollWidth} wide`);
  },

  // 1.4.4, 1.4.10, 1.4.12: no words cut off, by a box or by the window's side.
  clipped() {
    const faults = this.all("body *").filter(e => {
      const { overflowX, overflowY } = getComputedStyle(e);
      const cuts = value => value === "hidden" || value === "clip";
      return e.innerText?.trim()
        && (cuts(overflowX) && e.scrollWidth > e.clientWidth + 1 || cuts(overflowY) && e.scrollHeight > e.clientHeight + 1);
    }).map(e => `${this.say(e)} is cut by its box`);
    for (const node of this.textNodes()) {
      const parent = node.parentElement;
      if (parent.closest(".table, .skip")) continue;  // the one scrolls by itself; the other waits out of sight
      const range = document.createRange();
      range.selectNodeContents(node);
      if ([...range.getClientRects()].some(r => r.left < -1 || r.right > document.documentElement.clientWidth + 1)) {
        faults.push(`${this.say(parent)} is cut by the window`);
      }
    }
    return faults;
  },

  // Two texts on each other. What floats over the page by design is left to the keyboard tests.
  overlapping() {
    const lines = [];
    for (const node of this.textNodes()) {
      if (this.floats(node.parentElement)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) lines.push({ box, node });
    }
    lines.sort((a, b) => a.box.top - b.box.top);
    const faults = [];
    lines.forEach((one, i) => {
      for (let j = i + 1; j < lines.length && lines[j].box.top < one.box.bottom; j++) {
        const other = lines[j];
        if (other.node === one.node) continue;
        const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const high = Math.min(one.box.bottom, other.box.bottom) - other.box.top;
        // A line's box is taller than its letters, so neighbours may touch.
        if (wide > 4 && high > .35 * Math.min(one.box.height, other.box.height)) {
          faults.push(`${this.say(one.node.parentElement)} and ${this.say(other.node.parentElement)}`);
        }
      }
    });
    return faults;
  },

  targets() {
    return this.all("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']");
  },

  // 2.5.8: 24 by 24; or a link in a sentence; or nothing else within the circle of 24 round its middle.
  small() {
    const size = 24;
    const targets = this.targets().map(e => ({ e, box: (e.closest("label") ?? e).getBoundingClientRect() }));
    const isSmall = ({ box }) => box.width < size || box.height < size;
    const middle = ({ box }) => [box.left + box.width / 2, box.top + box.height / 2];
    const crowds = (one, other) => {
      const [x, y] = middle(one);
      if (isSmall(other)) {
        const [left, top] = middle(other);
        return Math.hypot(x - left, y - top) < size;
      }
      const { left, right, top, bottom } = other.box;
      return Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom)) < size / 2;
    };
    return targets
      .filter(one => isSmall(one) && !this.inSentence(one.e) && targets.some(other => other !== one && !one.e.contains(other.e) && crowds(one, other)))
      .map(({ e, box }) => `${this.say(e)}: ${Math.round(box.width)} × ${Math.round(box.height)}`);
  },

  inSentence(element) {
    const holder = element.closest("p, li, dd, dt, td, th, figcaption, h3, .terrace__text");
    if (!holder || !getComputedStyle(element).display.startsWith("inline")) return false;
    const words = text => text.replace(/[\s.,;:()]/g, "").length;
    return words(holder.innerText) > words(element.innerText);
  },

  accessibleName(element) {
    const by = element.getAttribute("aria-labelledby");
    if (by) return by.split(/\s+/).map(id => document.getElementById(id)?.innerText ?? "").join(" ").trim();
    return (element.getAttribute("aria-label") ?? "").trim();
  },

  landmarks() {
    const own = selector => [...document.querySelectorAll(selector)].filter(e => !e.closest("main, article, section, aside, nav"));
    const faults = [];
    for (const [name, found] of [["main", document.querySelectorAll("main")], ["header", own("header")], ["footer", own("footer")]]) {
      if (found.length !== 1) faults.push(`${found.length} × ${name}`);
    }
    for (const role of ["nav", "aside"]) {
      const names = [...document.querySelectorAll(role)].map(e => this.accessibleName(e));
      if (names.includes("")) faults.push(`a nameless ${role}`);
      if (new Set(names).size !== names.length) faults.push(`two of ${role} are both called ${names.join(", ")}`);
    }
    return faults;
  },

  headings() {
    const found = this.all("h1, h2, h3, h4, h5, h6");
    const faults = found.filter(e => e.localName === "h1").length === 1 ? [] : ["not one h1"];
    let before = 0;
    for (const heading of found) {
      const level = Number(heading.localName[1]);
      if (level > before + 1) faults.push(`${this.say(heading)} follows level ${before}`);
      before = level;
    }
    return faults;
  },

  unlabelled() {
    return [...document.querySelectorAll("input:not([type=hidden]), select, textarea")]
      .filter(e => !e.ariaLabel && ![...e.labels].some(label => label.textContent.trim()))
      .map(e => this.say(e));
  },

  moving() {
    const faults = document.getAnimations().map(a => `${this.say(a.effect.target)} is moving`);
    for (const e of document.querySelectorAll("*")) {
      for (const pseudo of [null, "::before", "::after"]) {
        const style = getComputedStyle(e, pseudo);
        if (style.animationName !== "none") faults.push(`${this.say(e)} has an animation`);
        if (style.transitionDuration.split(",").some(t => parseFloat(t) > 0)) faults.push(`${this.say(e)} has a transition`);
        if (style.scrollBehavior === "smooth") faults.push(`${this.say(e)} scrolls smoothly`);
      }
    }
    if (document.querySelector("meta[http-equiv=refresh], marquee, blink, video[autoplay]")) faults.push("something moves by itself");
    return faults;
  },

  // Where the focus is, and what is wrong with how it shows: 2.4.7, 1.4.11, and 2.4.11 for every corner, not just one.
  focus() {
    const e = document.activeElement;
    if (!e || e === document.body || e === document.documentElement) return null;
    const style = getComputedStyle(e);
    const faults = [];
    if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) faults.push("no outline");
    else if (this.ratio(this.rgba(style.outlineColor), this.behind(parseFloat(style.outlineOffset) < 0 ? e : e.parentElement)) < 3) {
      faults.push("a pale outline");
    }
    const hidden = [];
    const points = [...e.getClientRects()].flatMap(box => [[.5, .5], [0, 0], [0, 1], [1, 0], [1, 1]].map(
      ([x, y]) => [box.left + 3 + x * (box.width - 6), box.top + 3 + y * (box.height - 6)]
    ));
    for (const [x, y] of points) {
      const hit = document.elementFromPoint(x, y);
      if (!hit) hidden.push("outside the window");
      else if (!e.contains(hit) && !hit.contains(e)) hidden.push(`covered by ${this.say(hit)}`);
    }
    // A table may be taller than a small window.
    if (e.offsetHeight < innerHeight / 2 || hidden.length === points.length) faults.push(...hidden);
    const box = e.getBoundingClientRect();
    const down = scrollY + (document.querySelector(".view")?.scrollTop ?? 0);
    return {
      what: this.say(e),
      text: (e.labels?.[0] ?? e).innerText.trim(),
      floats: this.floats(e),
      left: box.left, right: box.right, top: box.top + down, bottom: box.bottom + down,
      faults: [...new Set(faults)],
    };
  },
})
