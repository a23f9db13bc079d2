import { formatElapsed } from "../duration.ts";
import { formatCount } from "../figures.ts";
import { formatPercent } from "../percent.ts";
import type { ThresholdUnit } from "./threshold-kinds.ts";

/** A metric's value or limit for people, both in the same unit: `5 %`, `77 min`, `12`, `2.3 times`. A summary names what is counted. */
export function sayValue(unit: ThresholdUnit | null, value: number): string {
  switch (unit) {
    case "seconds":
      return value >= 7_200 && value % 3_600 === 0 ? `${value / 3_600} h` : formatElapsed(value);
    case "share":
      return formatPercent(value);
    // A share of a deadline may exceed the whole.
    case "deadlineShare":
      return `${Number((value * 100).toPrecision(3))} % of its deadline`;
    case "events":
      return formatCount(value);
    // A burn rate is read as a multiple of what its windows allow.
    case "ratio":
    case null:
      return `${Number(value.toPrecision(2))} times`;
  }
}
