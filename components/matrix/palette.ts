import { inkCount } from "#domain/matrix.ts";

/** The colours for drawing on a canvas, from the page's own tokens in the current scheme. */
export interface Palette extends Record<TokenKey, string> {
  /** Per ink, as a pixel of ImageData. */
  pixels: Uint32Array;
  /** Per ink, in CSS syntax. */
  inks: string[];
}

const inkNames = Array.from({ length: inkCount }, (_, ink) => `--ink-${ink}`);
const tokenNames = [
  ["surface", "--tm-surface"],
  ["line", "--tm-line"],
  ["muted", "--tm-muted"],
  ["text", "--tm-text"],
  ["focus", "--tm-focus"],
  ["closing", "--state-closing"],
  ["verifying", "--state-verifying"],
  ["unverified", "--state-unverified"],
  ["faint", "--tm-faint"],
  ["late", "--state-late"],
] as const;
type TokenKey = (typeof tokenNames)[number][0];

/**
 * Reads the inks of matrix.module.css as they apply at `element`. Canvas supports neither var() nor, everywhere,
 * color-mix().
 */
export function readPalette(element: HTMLElement): Palette {
  // All probes are inserted before the first is read: the browser computes styles only once.
  const probes = document.createElement("span");
  probes.hidden = true;
  const names = [...inkNames, ...tokenNames.map(([, name]) => name)];
  for (const name of names) {
    const probe = document.createElement("span");
    probe.style.color = `var(${name})`;
    probes.append(probe);
  }
  element.append(probes);
  const colours = [...probes.children].map((probe) => getComputedStyle(probe).color);
  probes.remove();
  const inks = colours.slice(0, inkCount);
  const tokens = tokenNames.map(([key], index) => [key, colours[inkCount + index] ?? ""] as const);
  return { inks, pixels: readPixels(inks), ...(Object.fromEntries(tokens) as Record<TokenKey, string>) };
}

function readPixels(colours: readonly string[]): Uint32Array {
  const canvas = document.createElement("canvas");
  canvas.width = colours.length;
  canvas.height = 1;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) return new Uint32Array(colours.length);
  for (const [x, colour] of colours.entries()) {
    context.fillStyle = colour;
    context.fillRect(x, 0, 1, 1);
  }
  return new Uint32Array(context.getImageData(0, 0, colours.length, 1).data.buffer);
}
