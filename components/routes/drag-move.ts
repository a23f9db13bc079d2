import type { Move } from "./move-route.ts";

/** How far aside a route is dragged to change its level: as wide as a level is indented. */
export const levelWidth = 26;

interface Box {
  top: number;
  bottom: number;
}

interface Around {
  /** Where its level has its pointer. */
  levelX: number;
  /** Its siblings, each with all below it; null: there is none. */
  before: Box | null;
  after: Box | null;
}

/** Which way a pointer drags a route: past the middle of a sibling up or down, by a level's width in or out; null: neither. */
export function dragMove({ x, y }: { x: number; y: number }, { levelX, before, after }: Around): Move | null {
  if (before && y < middleOf(before)) return "up";
  if (after && y > middleOf(after)) return "down";
  if (x - levelX >= levelWidth) return "in";
  if (levelX - x >= levelWidth) return "out";
  return null;
}

/** The level's place for the pointer after a move: each level counts once. */
export function levelAfter(move: Move, levelX: number): number {
  if (move === "in") return levelX + levelWidth;
  return move === "out" ? levelX - levelWidth : levelX;
}

function middleOf({ top, bottom }: Box): number {
  return (top + bottom) / 2;
}
