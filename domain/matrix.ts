// Types × hours: how the cells are transferred, drawn and laid out.
export {
  isAccepted,
  isAmended,
  isMissedCode,
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
  findCalmDays,
  inkColumns,
  inkCount,
  inkMatrix,
  inks,
  stateInk,
  waitedSeconds,
  weighRow,
} from "./matrix/inks.ts";
export {
  decodeMatrix,
  emptyMatrix,
  encodeMatrix,
  hourAt,
  indexOfHour,
  type Matrix,
  mergeRecent,
} from "./matrix/matrix.ts";
export { resolveMatrixRange } from "./matrix/range.ts";
export {
  hitTest,
  type Layout,
  layOut,
  panBy,
  readableRowPx,
  reveal,
  type Scene,
  type View,
  xOf,
  zoomAt,
} from "./matrix/viewport.ts";
