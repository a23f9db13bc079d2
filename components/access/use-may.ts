"use client";

import { useQuery } from "@tanstack/react-query";
import { queries } from "#components/api/queries.ts";

/** Whether the pages may act on the visitor's behalf; null while unknown. */
export function useMay(scope: "respond" | "write"): boolean | null {
  const { data, isError } = useQuery(queries.visitor());
  if (data) return data.scopes.includes(scope);
  return isError ? false : null;
}
