import { inkCount } from "#domain/matrix.ts";

/** The colours that a canvas is drawn with, as the page's own tokens have them in this scheme. */
export interface Palette {
  /** Of each ink, as a pixel of ImageData. */
  pixels: Uint32Array;
  /** Of each ink, as CSS has it. */
  inks: string[];
  surface: string;
  line: string;
  muted: string;
  text: string;
  focus: string;
  closing: string;
  verifying: string;
  unverified: string;
  faint: string;
}

/** Reads the inks of matrix.module.css where `element` stands. Canvas knows neither var() nor, everywhere, color-mix(). */
export function readPalette(element: HTMLElement): Palette {
  const probe = document.createElement("span");
  probe.hidden = true;
  element.append(probe);
  const colourOf = (name: string) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const inks = Array.from({ length: inkCount }, (_, ink) => colourOf(`--ink-${ink}`));
  const palette = {
    inks,
    pixels: readPixels(inks),
    surface: colourOf("--tm-surface"),
    line: colourOf("--tm-line"),
    muted: colourOf("--tm-muted"),
    text: colourOf("--tm-text"),
    focus: colourOf("--tm-focus"),
    closing: colourOf("--state-closing"),
    verifying: colourOf("--state-verifying"),
    unverified: colourOf("--state-unverified"),
    faint: colourOf("--tm-faint"),
  };
  probe.remove();
  return palette;
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
