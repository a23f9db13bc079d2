import { inks, type Layout, stateInk } from "#domain/matrix.ts";
import type { CellImage } from "./cell-image.ts";
import type { Palette } from "./palette.ts";

/** A cell's rectangle on the canvas. */
interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Of the row and column of the picture. */
type IsMarked = (row: number, column: number) => boolean;

type Mark = (context: CanvasRenderingContext2D, box: Box) => void;

const fewestPx = 5;
const glyphPx = 9;

/**
 * Distinguishes cells without colour, where there is room: hatching, outlines and fills, and for troubled states their glyphs,
 * cut out of the ink. One small cached picture per mark and size keeps a full screen fast.
 */
export function paintMarks(
  context: CanvasRenderingContext2D,
  image: CellImage,
  layout: Layout,
  palette: Palette,
  marked: { isAmended: IsMarked; isMissed: IsMarked },
  size: { width: number; height: number; ratio: number },
): void {
  const { columnPx, rowPx, leftColumn, topRow } = layout;
  if (columnPx < fewestPx || rowPx < fewestPx) return;
  const box = { x: 0, y: 0, width: columnPx - 1, height: rowPx - 1 };
  const pictures = makePictures(palette, box, size.ratio);
  const notch = columnPx >= 7 ? drawPicture((each) => drawNotch(each, box, palette), box, size.ratio) : null;
  const edge = drawPicture((each) => drawEdge(each, box, palette), box, size.ratio);
  const { count } = image.columns;
  const lastColumn = Math.min(count, Math.ceil(leftColumn + size.width / columnPx));
  const lastRow = Math.min(image.rows.length, Math.ceil(topRow + size.height / rowPx));
  for (let row = Math.floor(topRow); row < lastRow; row += 1) {
    for (let column = Math.floor(leftColumn); column < lastColumn; column += 1) {
      const picture = pictures[image.inks[row * count + column] ?? 0];
      const amended = notch !== null && marked.isAmended(row, column);
      const missed = marked.isMissed(row, column);
      if (!picture && !amended && !missed) continue;
      const x = (column - leftColumn) * columnPx;
      const y = (row - topRow) * rowPx;
      if (picture) context.drawImage(picture, x, y, box.width, box.height);
      if (edge && missed) context.drawImage(edge, x, y, box.width, box.height);
      if (notch && amended) context.drawImage(notch, x, y, box.width, box.height);
    }
  }
}

function makePictures(palette: Palette, box: Box, ratio: number): (HTMLCanvasElement | undefined)[] {
  const hasGlyphs = box.width >= glyphPx - 1 && box.height >= glyphPx - 1;
  const pictures: (HTMLCanvasElement | undefined)[] = [];
  const set = (ink: number, mark: Mark) => {
    pictures[ink] = drawPicture((context) => mark(context, box), box, ratio);
  };
  set(stateInk("open"), (context) => drawOutline(context, box, palette.surface, palette.faint));
  set(stateInk("closing"), (context) => drawPartly(context, box, palette, palette.closing, "lower"));
  set(stateInk("verifying"), (context) => drawPartly(context, box, palette, palette.verifying, "left"));
  set(stateInk("unverified"), (context) => drawHatching(context, box, palette));
  set(inks.unknown, (context) => drawHatching(context, box, palette));
  if (!hasGlyphs) return pictures;
  set(stateInk("late"), (context) => cutOut(context, box, palette, triangle));
  set(inks.deepLate, (context) => cutOut(context, box, palette, triangle));
  set(stateInk("incomplete"), (context) => cutOut(context, box, palette, diamond));
  set(stateInk("overcounted"), (context) => cutOut(context, box, palette, cross));
  return pictures;
}

function drawPicture(
  draw: (context: CanvasRenderingContext2D) => void,
  box: Box,
  ratio: number,
): HTMLCanvasElement | undefined {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(box.width * ratio));
  canvas.height = Math.max(1, Math.round(box.height * ratio));
  const context = canvas.getContext("2d");
  if (!context) return undefined;
  context.scale(canvas.width / box.width, canvas.height / box.height);
  draw(context);
  return canvas;
}

function drawOutline(context: CanvasRenderingContext2D, { width, height }: Box, ground: string, ink: string): void {
  context.fillStyle = ground;
  context.fillRect(0, 0, width, height);
  context.strokeStyle = ink;
  context.strokeRect(0.5, 0.5, width - 1, height - 1);
}

function drawPartly(
  context: CanvasRenderingContext2D,
  box: Box,
  palette: Palette,
  ink: string,
  part: "lower" | "left",
): void {
  drawOutline(context, box, palette.surface, ink);
  context.fillStyle = ink;
  context.globalAlpha = 0.55;
  if (part === "lower") context.fillRect(0, box.height / 2, box.width, box.height / 2);
  else context.fillRect(0, 0, box.width / 2, box.height);
}

function drawHatching(context: CanvasRenderingContext2D, { width, height }: Box, palette: Palette): void {
  context.fillStyle = palette.surface;
  context.fillRect(0, 0, width, height);
  context.beginPath();
  context.rect(0, 0, width, height);
  context.clip();
  context.strokeStyle = palette.unverified;
  context.lineWidth = 1.5;
  context.beginPath();
  for (let x = -height; x < width; x += 4) {
    context.moveTo(x, height);
    context.lineTo(x + height, 0);
  }
  context.stroke();
}

/** Closed after its deadline: a bar along the top. */
function drawEdge(context: CanvasRenderingContext2D, { width, height }: Box, palette: Palette): void {
  const thickness = Math.min(4, Math.max(2, height * 0.25));
  context.fillStyle = palette.surface;
  context.fillRect(0, thickness, width, 1);
  context.fillStyle = palette.late;
  context.fillRect(0, 0, width, thickness);
}

function drawNotch(context: CanvasRenderingContext2D, { width, height }: Box, palette: Palette): void {
  const side = Math.min(6, height * 0.6, width * 0.6);
  context.beginPath();
  context.moveTo(width - side, 0);
  context.lineTo(width, 0);
  context.lineTo(width, side);
  context.closePath();
  context.fillStyle = palette.text;
  context.fill();
}

type Shape = readonly (readonly [number, number])[];
const triangle: Shape = [
  [0.5, 0],
  [1, 1],
  [0, 1],
];
const diamond: Shape = [
  [0.5, 0],
  [1, 0.5],
  [0.5, 1],
  [0, 0.5],
];
const [near, far] = [0.33, 0.67];
const cross: Shape = [
  [near, 0],
  [far, 0],
  [far, near],
  [1, near],
  [1, far],
  [far, far],
  [far, 1],
  [near, 1],
  [near, far],
  [0, far],
  [0, near],
  [near, near],
];

function cutOut(context: CanvasRenderingContext2D, { width, height }: Box, palette: Palette, shape: Shape): void {
  const side = Math.min(10, width - 2, height - 3);
  const [left, top] = [(width - side) / 2, (height - side) / 2];
  context.beginPath();
  for (const [x, y] of shape) context.lineTo(left + x * side, top + y * side);
  context.closePath();
  context.fillStyle = palette.surface;
  context.fill();
}
