/** Every variable of these names is meant for Tidemark. */
const ownName = /^TIDEMARK_[A-Za-z0-9_]+$/;
/** Other programs have variables of these names too: only what nearly is a setting is taken for one. */
const sharedName = /^(PUBSUB|KAFKA|MONITORING|OPENLINEAGE)_[A-Za-z0-9_]+$/;
/** Secrets that channels name (`domain/channel/secret-ref.ts`). */
const secretPrefix = "TIDEMARK_SECRET_";
const mostDistance = { own: 4, shared: 2 };

type Environment = Readonly<Record<string, string | undefined>>;

// What Kubernetes gives every container of a namespace for each of its services, such as `tidemark-web`, unless the pod has
// `enableServiceLinks: false`: TIDEMARK_WEB_SERVICE_HOST, …_SERVICE_PORT(_HTTP), …_PORT, …_PORT_3000_TCP(_ADDR, _PORT, _PROTO).
const links: readonly [name: RegExp, value: RegExp][] = [
  [/_SERVICE_HOST$/, /^[\da-fA-F.:]+$/],
  [/_SERVICE_PORT(_[A-Z0-9_]+)?$/, /^\d+$/],
  [/_PORT(_\d+_(TCP|UDP|SCTP))?$/, /^(tcp|udp|sctp):\/\/[\da-fA-F.:[\]]+:\d+$/],
  [/_PORT_\d+_(TCP|UDP|SCTP)_ADDR$/, /^[\da-fA-F.:]+$/],
  [/_PORT_\d+_(TCP|UDP|SCTP)_PORT$/, /^\d+$/],
  [/_PORT_\d+_(TCP|UDP|SCTP)_PROTO$/, /^(tcp|udp|sctp)$/],
];

export function isServiceLink(name: string, value: string): boolean {
  return links.some(([ofName, ofValue]) => ofName.test(name) && ofValue.test(value));
}

/** A sentence for each variable that is set and was probably meant as one of the settings. */
export function findUnknownSettings(env: Environment, known: readonly string[]): string[] {
  return Object.entries(env).flatMap(([name, value = ""]) => {
    if (value.trim() === "" || known.includes(name) || isServiceLink(name, value.trim())) return [];
    if (name.startsWith(secretPrefix) && name !== secretPrefix) return [];
    const isOwn = ownName.test(name);
    if (!isOwn && !sharedName.test(name)) return [];
    const meant = findNearest(name, known, isOwn ? mostDistance.own : mostDistance.shared);
    if (meant !== null) return [`${name} is not a setting. Did you mean ${meant}?`];
    return isOwn ? [`${name} is not a setting. Remove it; docs/configuration.md lists the settings.`] : [];
  });
}

/** null: none is near. One that has a word more or less at its end is as near as one that differs in a letter. */
function findNearest(name: string, known: readonly string[], most: number): string | null {
  const upper = name.toUpperCase();
  const distances = known.map((setting) => {
    const differsByWord = setting.startsWith(`${upper}_`) || upper.startsWith(`${setting}_`);
    return { setting, distance: Math.min(differsByWord ? 2 : Infinity, countEdits(upper, setting)) };
  });
  const [nearest] = distances.sort((a, b) => a.distance - b.distance);
  return nearest && nearest.distance <= most ? nearest.setting : null;
}

/** Levenshtein's distance: letters to insert, delete or replace. */
function countEdits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (const [at, wanted] of [...to].entries()) {
      const replaced = (row[at] ?? 0) + (letter === wanted ? 0 : 1);
      next.push(Math.min((row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1, replaced));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
