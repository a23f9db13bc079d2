// Under Mantine's names: what it draws goes by the same.
export const schemeKey = "mantine-color-scheme-value";
export const schemeAttribute = "data-mantine-color-scheme";

/** Run before the first paint, so that nobody is shown the other scheme first. */
export const colorSchemeScript = `try {
  var kept = localStorage.getItem("${schemeKey}");
  var system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  document.documentElement.setAttribute("${schemeAttribute}", kept === "light" || kept === "dark" ? kept : system);
} catch {}`;
