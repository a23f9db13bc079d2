/** A figure with its unit, as a field shows it. */
export interface Amount {
  readonly value: string;
  readonly unit: string;
}

export interface Unit {
  readonly unit: string;
  readonly label: string;
  /** As a file writes the figure. */
  readonly write: (value: string) => string | number;
}

/** What is not a number's shortest text, such as the `0.0` of `0.05`, stays as typed: its number would be shown shorter. */
const number = (value: string): string | number =>
  isNumber(value) && String(Number(value)) === value ? Number(value) : value;
const isNumber = (value: string) => /^\d+\.?\d*$/.test(value);

export const durationUnits: readonly Unit[] = [
  { unit: "m", label: "min", write: (value) => `${value}m` },
  { unit: "s", label: "s", write: (value) => `${value}s` },
  { unit: "h", label: "h", write: (value) => `${value}h` },
  { unit: "d", label: "days", write: (value) => `${value}d` },
];

/** A share, written as a percentage. */
export const percent = (label: string): Unit => ({ unit: "%", label, write: (value) => `${value}%` });
/** A number by itself. */
export const plain = (label: string): Unit => ({ unit: "", label, write: number });

/** What is written, as a figure and a unit; a share that was written as a number becomes its percentage. */
export function readAmount(written: unknown, units: readonly Unit[]): Amount {
  const first = units[0]?.unit ?? "";
  if (typeof written === "number") {
    const isShare = units.some(({ unit }) => unit === "%") && !(written >= 1 && units.some(({ unit }) => unit === ""));
    return isShare
      ? { value: String(Number((written * 100).toPrecision(12))), unit: "%" }
      : { value: String(written), unit: "" };
  }
  if (typeof written !== "string") return { value: "", unit: first };
  const unit = units.map((each) => each.unit).find((each) => each !== "" && written.endsWith(each));
  if (unit === undefined && isNumber(written) && units.some((each) => each.unit === ""))
    return { value: written, unit: "" };
  return unit === undefined ? { value: written, unit: first } : { value: written.slice(0, -unit.length).trim(), unit };
}

/** Once nothing more is typed: `0.50` is 0.5, and `3.` is 3. */
export function finishAmount({ value, unit }: Amount, units: readonly Unit[]): string | number | undefined {
  return writeAmount({ value: isNumber(value.trim()) ? String(Number(value)) : value, unit }, units);
}

/** An empty figure is left out. */
export function writeAmount({ value, unit }: Amount, units: readonly Unit[]): string | number | undefined {
  if (value.trim() === "") return undefined;
  return units.find((each) => each.unit === unit)?.write(value.trim()) ?? value;
}
