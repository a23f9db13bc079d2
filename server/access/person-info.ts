import type { Role } from "#domain/access/role.ts";

/** A person as listed. */
export interface PersonInfo {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  /** Where they sign in; null: here, by one-time links. */
  readonly issuer: string | null;
  readonly role: Role;
  readonly teams: string[];
  readonly createdAt: Date;
  readonly createdBy: string;
  /** The first and the last sign-in or use; null: never. */
  readonly firstSeenAt: Date | null;
  readonly lastSeenAt: Date | null;
  readonly disabledAt: Date | null;
  readonly disabledBy: string | null;
  /** Browsers that are signed in. */
  readonly sessions: number;
}

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

export function toPersonInfo({ subject, nameKey, _count, ...row }: Row): PersonInfo {
  return { ...row, role: row.role as Role, sessions: _count.sessions };
}
