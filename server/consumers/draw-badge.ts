import { html } from "hono/html";
import type { VerdictState } from "#domain/verdict.ts";
import type { Badge } from "./read-badge.ts";

/** A sign beside the word: colour alone must not carry state. White reads on every ink (4.5:1 and more). */
const looks: Record<VerdictState, { sign: string; ink: string }> = {
  complete: { sign: "●", ink: "#00795a" },
  closing: { sign: "◔", ink: "#2a72a6" },
  verifying: { sign: "◑", ink: "#0a5a94" },
  late: { sign: "▲", ink: "#c2410c" },
  incomplete: { sign: "◆", ink: "#a8326e" },
  overcounted: { sign: "✚", ink: "#8a6100" },
  unverified: { sign: "?", ink: "#5b6472" },
  open: { sign: "○", ink: "#5b6472" },
};

/** A letter's usual width at this size: the text is fitted to it whatever the reader's font. */
const letterWidth = 6.1;
const padding = 8;
const height = 20;

/** The badge as SVG, with a title for screen readers. */
export function drawBadge({ eventType, completeThrough, state }: Badge): string {
  const { sign, ink } = looks[state];
  const through = completeThrough === null ? "no complete hours yet" : `complete through ${completeThrough}Z`;
  const words = state === "complete" ? `${sign} ${through}` : `${sign} ${state}, ${through}`;
  const title = `${eventType}: ${state === "complete" ? "" : `${state}, `}${through}`;
  const label = piece(eventType, 0);
  const value = piece(words, label.width);
  return String(html`<svg xmlns="http://www.w3.org/2000/svg" width="${label.width + value.width}" height="${height}" role="img" aria-label="${title}">
<title>${title}</title>
<clipPath id="r"><rect width="${label.width + value.width}" height="${height}" rx="4"/></clipPath>
<g clip-path="url(#r)"><rect width="${label.width}" height="${height}" fill="#2b3443"/><rect x="${label.width}" width="${value.width}" height="${height}" fill="${ink}"/></g>
<g fill="#fff" font-family="Inter,Verdana,DejaVu Sans,sans-serif" font-size="11" aria-hidden="true">${label.text}${value.text}</g>
</svg>
`);
}

function piece(words: string, x: number) {
  const length = Math.ceil([...words].length * letterWidth);
  const text = html`<text x="${x + padding}" y="14" textLength="${length}" lengthAdjust="spacingAndGlyphs">${words}</text>`;
  return { width: length + 2 * padding, text };
}
