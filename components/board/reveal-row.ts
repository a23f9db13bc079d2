const patience = 20;

/** Focuses a type's name. A row far away is drawn first: `scrollTo` brings it near. */
export function revealRow(area: HTMLElement, name: string, scrollTo: () => void, frames = patience): void {
  const link = area.querySelector<HTMLElement>(`[data-row-link="${CSS.escape(name)}"]`);
  if (link) {
    link.focus();
    link.scrollIntoView({ block: "nearest" });
    return;
  }
  if (frames === patience) scrollTo();
  if (frames > 0) requestAnimationFrame(() => revealRow(area, name, scrollTo, frames - 1));
}
