"use client";

import { createContext, useContext } from "react";
import type { Draft } from "./use-draft.ts";

const Edited = createContext<Draft | null>(null);

export const DraftProvider = Edited.Provider;

/** The specification whose form this is a part of. */
export function useEdited(): Draft {
  const draft = useContext(Edited);
  if (draft === null) throw new Error("A field of a specification stands outside its editor.");
  return draft;
}
