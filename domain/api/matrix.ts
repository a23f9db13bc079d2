import { z } from "zod";
import { instant } from "./shared.ts";

const figure = (description: string) => z.array(z.string()).meta({ description });

const matrixTypeSchema = z
  .object({
    eventType: z.string(),
    owner: z.string(),
    tier: z.string(),
    deadlineSeconds: z.number().int(),
    troubledBy: z.array(z.string()).meta({
      description:
        "Datacenters responsible for late, closing, unverified, incomplete or overcounted hours of the range.",
    }),
  })
  .meta({ id: "MatrixType" });

/** `GET /matrix`: types × hours, one character per cell. domain/matrix reads and writes it. */
export const matrixSchema = z
  .object({
    from: z.string().meta({ example: "2026-11-01T00", description: "The first hour." }),
    hours: z.number().int().meta({ description: "How many hours there are, one after the other." }),
    types: z.array(matrixTypeSchema),
    // One figure of all types before the next figure: similar data side by side compresses better.
    states: z.array(z.string()).meta({
      description:
        "One string per type, one letter per hour: `o` open, `g` closing, `v` verifying, `c` complete, `l` late, `i` incomplete, `x` overcounted, `u` unverified, `.` no verdict. A capital: amended.",
      example: ["ccccCclgo"],
    }),
    delays: figure(
      "Closing delay. 0: not closed. 1 to 8: that many minutes less one. Above, with n = number − 9: (4 + n mod 4) × 2^(1 + ⌊n / 4⌋) minutes, within 12 % of the delay and on the same side of the deadline.",
    ),
    lost: figure("Lost ÷ produced. 0: none. Else 10^((number − 1) / 8 − 9), within 16 %. Only of closed hours."),
    duplicated: figure("Duplicated ÷ produced, like `lost`."),
    skewed: figure(
      "Events that landed in another hour's bucket ÷ delivered. 0: none. Else 10^((number − 1) / 2 − 9), within a factor of 1.8. Only of closed hours.",
    ),
    asOf: instant,
  })
  .meta({ id: "Matrix" });

export type MatrixJson = z.infer<typeof matrixSchema>;
export type MatrixType = z.infer<typeof matrixTypeSchema>;
