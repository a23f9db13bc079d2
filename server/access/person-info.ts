import type { Role } from "#domain/access/role.ts";
import type { PersonJson } from "#domain/api/people.ts";
import type { WithDates } from "#domain/api/shared.ts";

/** A person as listed. */
export type PersonInfo = WithDates<PersonJson, "createdAt" | "firstSeenAt" | "lastSeenAt" | "disabledAt">;

/** Sessions that have not ended. */
export const liveSessions = (now: Date) => ({ endedAt: null, expiresAt: { gt: now } });

/** For Prisma: a person with the number of their sessions. */
export const withSessions = (now: Date) => ({ _count: { select: { sessions: { where: liveSessions(now) } } } });

type Row = Omit<PersonInfo, "sessions" | "role"> & {
  readonly role: string;
  readonly subject: string | null;
  readonly nameKey: string;
  readonly _count: { readonly sessions: number };
};

export function toPersonInfo({
  subject,
  nameKey,
  _count,
  createdAt,
  firstSeenAt,
  lastSeenAt,
  disabledAt,
  ...row
}: Row): PersonInfo {
  const times = { createdAt, firstSeenAt, lastSeenAt, disabledAt };
  return { ...row, role: row.role as Role, sessions: _count.sessions, ...times };
}
