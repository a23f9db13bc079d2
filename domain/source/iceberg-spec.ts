import { z } from "zod";
import * as read from "../catalogue/read-fields.ts";
import { secretRef } from "../channel/secret-ref.ts";
import { lookback, tableMapping } from "./bigquery-spec.ts";
import { someMappings } from "./mapping.ts";

const day = 86_400;

const uri = read.quietField(
  "must be a URL that begins with http:// or https:// and holds no user name, password, query or fragment",
  { ...read.text, examples: ["https://catalog.example.com/api"] },
  (value) => {
    if (typeof value !== "string" || value.length > 2_000 || !URL.canParse(value)) return null;
    const { protocol, username, password, search, hash } = new URL(value);
    const isBare = username === "" && password === "" && search === "" && hash === "";
    return /^https?:$/.test(protocol) && isBare ? value.replace(/\/+$/, "") : null;
  },
);

/** Tables of an Iceberg REST catalog, whose snapshot summaries count what each commit added to each hour. */
export const icebergSpec = read
  .object({
    uri,
    warehouse: read.line.optional().meta({ ...read.text, description: "As the catalog's configuration takes it." }),
    token: secretRef
      .optional()
      .meta({ description: "A bearer token; without it the catalog is asked without credentials." }),
    namespaces: z
      .array(read.line, "must be a list of namespaces")
      .min(1, "must name a namespace")
      .max(100, "must name at most 100 namespaces")
      .meta({ description: "Levels are separated by a full stop: analytics.delivered." }),
    tables: someMappings(tableMapping).meta({
      description:
        "By NAMESPACE.TABLE, followed by /FIELD=VALUE for each partition field beside the hour. The first match counts.",
    }),
    watermarkProperty: read.line.optional().meta({
      ...read.text,
      description:
        "A property of snapshot summaries that holds a watermark in milliseconds since 1970, as the writer sets it.",
    }),
    lookback: lookback.default(2 * day),
  })
  .meta({ id: "IcebergSource" });

export type IcebergSpec = z.output<typeof icebergSpec>;
