"use client";

import { useQuery } from "@tanstack/react-query";
import { queries } from "#components/api/queries.ts";

/** Whether the pages may act in the visitor's name; null while that is not known yet. */
export function useMay(scope: "respond" | "write"): boolean | null {
  const { data, isError } = useQuery(queries.visitor());
  if (data) return data.scopes.includes(scope);
  return isError ? false : null;
}
