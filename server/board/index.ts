// Everything at one look. What others may use of it.
export { readBoard, readCompactBoard } from "./read-board.ts";
