"use client";

import {
  createParser,
  debounce,
  parseAsBoolean,
  parseAsFloat,
  parseAsInteger,
  parseAsNumberLiteral,
  parseAsString,
  parseAsStringLiteral,
  useQueryStates,
} from "nuqs";
import { formatHour, parseHour } from "#domain/hour.ts";
import { colourings } from "#domain/matrix.ts";

/** Lengths of a range that ends now, in days. */
export const rangeDays = [7, 31, 93] as const;
export const orders = ["worst", "name"] as const;

const parseAsHour = createParser({
  parse: (text) => {
    const hour = parseHour(text);
    return hour && formatHour(hour);
  },
  serialize: (hour: string) => hour,
});

const params = {
  days: parseAsNumberLiteral(rangeDays).withDefault(31),
  from: parseAsHour,
  to: parseAsHour,
  by: parseAsStringLiteral(colourings).withDefault("state"),
  order: parseAsStringLiteral(orders).withDefault("worst"),
  fold: parseAsBoolean.withDefault(false),
  view: parseAsStringLiteral(["table"] as const),
  // Where the reader looks: the hour at the left edge, how many fill the width, the row at the upper edge.
  at: parseAsHour,
  span: parseAsFloat,
  row: parseAsInteger,
  // The cell under the cursor, and the hours brushed over.
  type: parseAsString,
  hour: parseAsHour,
  selFrom: parseAsHour,
  selTo: parseAsHour,
};

/** Everything that the page shows, as its URL holds it; a little later than it changes, for browsers refuse haste. */
export function useMatrixParams() {
  return useQueryStates(params, { history: "replace", shallow: true, limitUrlUpdates: debounce(200) });
}

export type MatrixParams = ReturnType<typeof useMatrixParams>[0];
export type SetMatrixParams = (change: Partial<MatrixParams>) => void;
