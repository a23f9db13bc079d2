import { setting } from "./setting-notes.ts";
import { matching, optional, readAs, readHttpUrl } from "./setting-readers.ts";

/** OpenLineage's own variables: where the verdicts of hours are sent as lineage. */
export const lineageSettings = {
  OPENLINEAGE_URL: setting(optional(readHttpUrl), {
    description:
      "The OpenLineage backend (Marquez, DataHub, a catalogue) that is sent a run event for each hour of a claimed type that becomes final or is amended ([lineage](operating.md#openlineage)).",
    expected: "a URL such as https://marquez.example.com",
    unset: "nothing is sent as lineage",
  }),
  OPENLINEAGE_ENDPOINT: setting(readAs(matching(/^\/?[\w./~-]{1,200}$/)).default("api/v1/lineage"), {
    description: "The path below OPENLINEAGE_URL.",
    expected: "a path such as api/v1/lineage",
    unset: "api/v1/lineage",
  }),
  OPENLINEAGE_API_KEY: setting(optional(matching(/^[\x21-\x7e]{1,2000}$/)), {
    description: "Sent to the backend as a bearer token.",
    expected: "characters without spaces",
    unset: "none is sent",
    secret: true,
  }),
  OPENLINEAGE_NAMESPACE: setting(readAs(matching(/^[^\p{C}\s]{1,255}$/u)).default("tidemark"), {
    description:
      "The namespace of Tidemark's jobs, and of the dataset of a type without the labels `openlineage-namespace` and `openlineage-name`.",
    expected: "a name without spaces",
    unset: "tidemark",
  }),
};
