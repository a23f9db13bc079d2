// Public API of the board.
export { readBoard, readCompactBoard } from "./read-board.ts";
