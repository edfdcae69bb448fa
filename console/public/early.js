// Sets the remembered theme and language before the first paint, so that neither flashes.
(function () {
  var kept = {};
  try {
    kept = JSON.parse(localStorage.getItem("zhanggui.preferences")) || {};
  } catch {
    // Storage may be closed to us; the system's own preference serves then.
  }
  var dark = kept.theme === "dark" || (kept.theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  if (kept.language === "en") document.documentElement.lang = "en";
})();
