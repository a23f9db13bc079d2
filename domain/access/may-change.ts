// Teams own event types, alert rules, channels, sources and consumers; everything else belongs to all editors alike.

/** Kinds of objects that a team may own. */
export const ownedKinds = ["EventType", "AlertRule", "Channel", "Source", "Consumer", "DeploymentHook"] as const;
export type OwnedKind = (typeof ownedKinds)[number];

export interface OwnedObject {
  readonly kind: OwnedKind;
  readonly name: string;
}

/** A team's name; null: no team owns it. */
export type Owner = string | null;

/**
 * An object before and after a change. `undefined` before: it is created; after: it is deleted. What stays with its team has
 * the same owner on both sides.
 */
export interface OwnedChange extends OwnedObject {
  readonly before: Owner | undefined;
  readonly after: Owner | undefined;
}

/** Why a change is refused: the team that owns the object, or the one that would be given it. */
export interface OwnerRefusal extends OwnedObject {
  readonly team: string;
  readonly because: "owned" | "given";
}

/**
 * null: the change is allowed. `teams`: the changer's; null: no limit, as for administrators. Both sides must be the changer's: what
 * a team owns is changed by its members, and given to a team by its members. So a hand-over needs someone who is in both.
 *
 * | before  | after   | needs              |
 * | ------- | ------- | ------------------ |
 * | –       | no team | any editor         |
 * | –       | A       | a member of A      |
 * | no team | no team | any editor         |
 * | no team | A       | a member of A      |
 * | A       | A       | a member of A      |
 * | A       | no team | a member of A      |
 * | A       | B       | a member of A and B |
 * | A       | –       | a member of A      |
 * | no team | –       | any editor         |
 */
export function refuseChange(
  teams: readonly string[] | null,
  { kind, name, before, after }: OwnedChange,
): OwnerRefusal | null {
  const isForeign = (owner: Owner | undefined) => teams !== null && typeof owner === "string" && !teams.includes(owner);
  if (isForeign(before)) return { kind, name, team: before as string, because: "owned" };
  return isForeign(after) ? { kind, name, team: after as string, because: "given" } : null;
}

/** Whether someone of these teams may change what `owner` owns and leave it there. */
export function mayChange(teams: readonly string[] | null, owner: Owner): boolean {
  return teams === null || owner === null || teams.includes(owner);
}

const nouns: Readonly<Record<OwnedKind, string>> = {
  EventType: "event type",
  AlertRule: "alert rule",
  Channel: "channel",
  Source: "source",
  Consumer: "consumer",
  DeploymentHook: "deployment hook",
};

/** What is refused, and who can do it, in two sentences. */
export function sayRefusal({ kind, name, team, because }: OwnerRefusal): string {
  const what = `${nouns[kind]} ${JSON.stringify(name)}`;
  if (because === "owned")
    return `The ${what} belongs to team ${JSON.stringify(team)}. Ask one of its members or an administrator to change it.`;
  return `You are not in team ${JSON.stringify(team)}, which the ${what} would belong to. Ask one of its members or an administrator.`;
}
