import { z } from "zod";
import { type Parsed, parseSpec } from "../catalogue/parse-spec.ts";
import * as read from "../catalogue/read-fields.ts";
import { secretRef, secretRefObject } from "../channel/secret-ref.ts";
import { pattern, refuseMissingGroups } from "../source/pattern.ts";
import { hookProviders } from "./providers.ts";

const template = read.line.meta({
  type: "string",
  description: "May name groups of `match`, such as $dc; $$ is a dollar sign.",
});

const mapping = read
  .object({
    match: pattern.meta({
      type: "string",
      description:
        "A regular expression (RE2) that the whole subject must match, like acme/(?<app>[a-z-]+)/environments/prod-(?<dc>[a-z]+).",
    }),
    component: template,
    datacenter: template.optional().meta({ type: "string", description: "Every datacenter, if left out." }),
  })
  .superRefine(({ match, ...templates }, context) => {
    for (const [member, value] of Object.entries(templates)) refuseMissingGroups(context, [member], value, match);
  });

/** Which deployments of a release tool are deployments of which component, and where. */
export const deploymentHookSpec = read
  .object({
    provider: read.oneOf(hookProviders),
    secret: secretRef.optional().meta({
      ...secretRefObject,
      description:
        "Left out: Tidemark makes the secret and keeps it, see `POST /deployment-hooks/{name}/rotate-secret`.",
    }),
    mappings: z
      .array(mapping, "must be a list of mappings")
      .min(1, "must have a mapping")
      .max(200, "must have at most 200 mappings")
      .meta({ description: "The first match counts. What none matches is listed, and records nothing." }),
    owner: read.owner,
    enabled: read.flag.default(true),
  })
  .meta({ id: "DeploymentHookSpec" });

export type DeploymentHookSpec = z.output<typeof deploymentHookSpec>;
export type HookMapping = DeploymentHookSpec["mappings"][number];

/** As stored in a column. */
export function parseDeploymentHook(value: unknown): Parsed<DeploymentHookSpec> {
  return parseSpec(deploymentHookSpec, value);
}
