// Says "Open now" or when it opens next, beside hours that the page states in words. It asks the clock of the moment
// the page is looked at, so that a page held by a cache or saved to a phone cannot lie. Without it nothing is missing.
(() => {
  // The bank holidays the page knows, and the last day it knows of: a page saved longer ago than that says nothing.
  const [until, ...holidays] = document.currentScript.dataset.bankHolidays.split(" ");
  const names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: "Europe/London", hourCycle: "h23",
    year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
  });
  const now = {};
  for (const part of format.formatToParts(Date.now())) now[part.type] = part.value;
  const minuteNow = now.hour * 60 + +now.minute;

  // The day (1 is Monday) and date on the wall in London, `ahead` days from today: counted in dates, because a day of
  // the clock change has 23 or 25 hours.
  function london(ahead) {
    const date = new Date(Date.UTC(now.year, now.month - 1, +now.day + ahead));
    return { day: date.getUTCDay() || 7, date: date.toISOString().slice(0, 10) };
  }

  function clock(minute) {
    if (minute === 0) return "midnight";
    if (minute === 720) return "noon";
    const rest = minute % 60 ? "." + String(minute % 60).padStart(2, "0") : "";
    return `${Math.floor(minute / 60) % 12 || 12}${rest}${minute < 720 ? "am" : "pm"}`;
  }

  // What to say of hours such as "u|12345:540-1020", or nothing when the record does not say enough.
  function say(hours) {
    if (hours === "always") return "Open now";
    const [known, list] = hours.split("|");
    const rows = list.split(";").map((row) => row.match(/(\d+):(\d+)-(\d+)/)).filter(Boolean);
    for (let ahead = 0; ahead < 8; ahead++) {
      const then = london(ahead);
      if (then.date > until) return "";
      if (holidays.includes(then.date)) {
        if (known === "u") return "";
        if (known === "c") continue;
      }
      const today = rows.filter((row) => row[1].includes(then.day)).sort((one, other) => one[2] - other[2]);
      if (ahead === 0 && today.some((row) => row[2] <= minuteNow && minuteNow < row[3])) return "Open now";
      const next = today.find((row) => ahead > 0 || row[2] > minuteNow);
      if (next) {
        const day = ahead === 0 ? "today" : ahead === 1 ? "tomorrow" : `on ${names[then.day - 1]}`;
        return `Closed now. Opens at ${clock(+next[2])} ${day}`;
      }
    }
    return "";
  }

  for (const element of document.querySelectorAll("[data-hours]")) {
    const words = say(element.dataset.hours);
    if (!words) continue;
    const note = document.createElement("strong");
    note.className = "now";
    note.textContent = ` ${words}.`;
    element.append(note);
  }
})();
