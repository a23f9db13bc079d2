// Under Mantine's names: its components read the same.
export const schemeKey = "mantine-color-scheme-value";
export const schemeAttribute = "data-mantine-color-scheme";

/** Runs before the first paint, so that the wrong scheme never flashes. A browser may refuse access to its storage. */
export const colorSchemeScript = `{
  let kept = null;
  try { kept = localStorage.getItem("${schemeKey}"); } catch {}
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  document.documentElement.setAttribute("${schemeAttribute}", kept === "light" || kept === "dark" ? kept : system);
}`;
