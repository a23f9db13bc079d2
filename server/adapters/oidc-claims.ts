import { type Identity, ProviderRefusal } from "#domain/access/identity-provider.ts";

/** More than these are not read: a person in thousands of groups must not make a cookie or a row of that size. */
const maxGroups = 1_000;
const maxText = 1_000;
/** Longer ones do not fit into the address that signs out at the provider. */
const maxIdToken = 6_000;

/** Who a provider's claims name. `groupsClaim` may be a path, as in `realm_access.roles`. */
export function readIdentity(
  claims: Readonly<Record<string, unknown>>,
  { groupsClaim }: { groupsClaim: string },
  idToken: string,
): Identity {
  const { iss, sub, sid } = claims;
  const isNamed = typeof iss === "string" && typeof sub === "string" && sub !== "" && sub.length <= 255;
  if (!isNamed) throw new ProviderRefusal("The provider did not say who signed in: `sub` is missing or too long.");
  return {
    issuer: iss,
    subject: sub,
    name: textOf(claims.name),
    preferredUsername: textOf(claims.preferred_username),
    email: textOf(claims.email),
    groups: groupsOf(claims[groupsClaim] ?? atPath(claims, groupsClaim)),
    sid: textOf(sid),
    idToken: idToken.length <= maxIdToken ? idToken : "",
  };
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value.slice(0, maxText) : null;
}

function groupsOf(value: unknown): string[] {
  const listed = typeof value === "string" ? [value] : Array.isArray(value) ? value.slice(0, maxGroups) : [];
  return listed.filter((group): group is string => typeof group === "string" && group !== "" && group.length <= 255);
}

function atPath(claims: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((inside, key) => {
    const isObject = typeof inside === "object" && inside !== null && Object.hasOwn(inside, key);
    return isObject ? (inside as Record<string, unknown>)[key] : undefined;
  }, claims);
}
