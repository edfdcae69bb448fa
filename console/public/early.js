// Sets the remembered theme and language before the first paint, so that neither flashes, and asks who
// is signed in while the rest is still on its way.
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
  // A link that signs somebody in changes the answer.
  if (location.search.indexOf("token=") === -1) {
    window.zhangguiSession = fetch("/api/auth/session").catch(function () {});
  }
})();
