// Types × hours: how the cells travel, what they are drawn with, and where.
export {
  isAmended,
  ratioSteps,
  readDelayCode,
  readRatioCode,
  readStateLetter,
  stateOf,
  toDelayCode,
  toRatioCode,
  toStateCode,
  toStateLetter,
} from "./matrix/codes.ts";
export { type Columns, columnOf, type Days, dayColumns, daysOf, hourColumns } from "./matrix/columns.ts";
export {
  type Colouring,
  colourings,
  countStates,
  delayBounds,
  findCalmDays,
  inkColumns,
  inkCount,
  inkMatrix,
  inks,
  ratioBounds,
  stateInk,
  stepCount,
  waitedSeconds,
  weighRow,
} from "./matrix/inks.ts";
export {
  decodeMatrix,
  emptyMatrix,
  encodeMatrix,
  hourAt,
  longestMatrixHours,
  type Matrix,
  mergeRecent,
} from "./matrix/matrix.ts";
export { defaultMatrixHours, resolveMatrixRange } from "./matrix/range.ts";
export {
  type Hit,
  hitTest,
  type Layout,
  layOut,
  narrowestSpan,
  panBy,
  readableRowPx,
  reveal,
  type Scene,
  type View,
  xOf,
  zoomAt,
} from "./matrix/viewport.ts";
