/** What a person may do, from the least to the most. */
export const roles = ["viewer", "responder", "editor", "admin"] as const;
export type Role = (typeof roles)[number];

/** The scopes that each role carries. None sends events: that is for programs, with a token. */
export const scopesOfRole = {
  viewer: ["read"],
  responder: ["read", "respond"],
  editor: ["read", "respond", "write"],
  admin: ["read", "respond", "write", "admin"],
} as const satisfies Record<Role, readonly string[]>;

export function isRole(text: string): text is Role {
  return (roles as readonly string[]).includes(text);
}

/** The least role that carries the scope; null: none does. */
export function leastRoleWith(scope: string): Role | null {
  return roles.find((role) => (scopesOfRole[role] as readonly string[]).includes(scope)) ?? null;
}
