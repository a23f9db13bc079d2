// Under Mantine's names: what it draws goes by the same.
export const schemeKey = "mantine-color-scheme-value";
export const schemeAttribute = "data-mantine-color-scheme";

/** Run before the first paint, so that nobody is shown the other scheme first. A browser may forbid to look at what it keeps. */
export const colorSchemeScript = `{
  let kept = null;
  try { kept = localStorage.getItem("${schemeKey}"); } catch {}
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  document.documentElement.setAttribute("${schemeAttribute}", kept === "light" || kept === "dark" ? kept : system);
}`;
