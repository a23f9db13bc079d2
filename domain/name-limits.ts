/** The kinds of names that messages may create. */
export const nameKinds = ["event_type", "datacenter", "reporter"] as const;
export type NameKind = (typeof nameKinds)[number];

/** How many new names of each kind messages may create in an hour. */
export type NameLimits = Readonly<Record<NameKind, number>>;

export const defaultNameLimits: NameLimits = { event_type: 5_000, datacenter: 50, reporter: 100_000 };

const kinds = new Map<string, NameKind>([
  ["types", "event_type"],
  ["datacenters", "datacenter"],
  ["reporters", "reporter"],
]);

/** `types=5000,datacenters=50,reporters=100000`; omitted kinds keep their default; undefined for anything else. */
export function readNameLimits(text: string): NameLimits | undefined {
  const limits = { ...defaultNameLimits };
  const named = new Set<NameKind>();
  for (const part of text.split(",")) {
    const match = /^\s*(\w+)\s*=\s*(\d{1,9})\s*$/.exec(part);
    const kind = kinds.get(match?.[1] ?? "");
    if (!match || !kind || named.has(kind)) return undefined;
    named.add(kind);
    limits[kind] = Number(match[2]);
  }
  return limits;
}

export const nameNouns: Record<NameKind, string> = {
  event_type: "event types",
  datacenter: "datacenters",
  reporter: "reporters",
};
