// Public API of the board.
export { readBoard, readCompactBoard } from "./read-board.ts";
export { type FleetFigures, readFleetFigures } from "./read-fleet-figures.ts";
