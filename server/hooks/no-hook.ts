import { NotFound } from "#server/errors.ts";

export function noHook(name: string): NotFound {
  return new NotFound(
    `Deployment hook "${name}" does not exist. GET /api/v1/deployment-hooks lists them; names are case-sensitive.`,
  );
}
