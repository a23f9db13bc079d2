import type { Manifest } from "./render-chart.ts";

interface Validator {
  validate: { (data: unknown): boolean; errors?: { instancePath: string; keyword: string; params: unknown }[] | null };
}

const groups: Record<string, string> = {
  v1: "CoreV1",
  "apps/v1": "AppsV1",
  "autoscaling/v2": "AutoscalingV2",
  "batch/v1": "BatchV1",
  "networking.k8s.io/v1": "NetworkingV1",
  "policy/v1": "PolicyV1",
};

/** What Kubernetes' own schemas find wrong, fields that they do not know among it. Empty: nothing. */
export async function validateManifest(manifest: Manifest): Promise<string[]> {
  const group = groups[manifest.apiVersion];
  if (!group) return [`${manifest.apiVersion} is no known API group.`];
  const { validate } = (await import(`kubernetes-models/_schemas/IoK8sApi${group}${manifest.kind}`)) as Validator;
  const unread = new Set<string>();
  validate(watchReads(manifest, "", unread));
  const errors = (validate.errors ?? []).map(
    (each) => `${each.instancePath}: ${each.keyword} ${JSON.stringify(each.params)}`,
  );
  return [...errors, ...[...unread].map((path) => `${path} is not a known field.`)];
}

/** Schemas let unknown fields pass, as Kubernetes does; but their validators read each field that they know, and every one of a map. */
function watchReads<T extends object>(value: T, path: string, unread: Set<string>): T {
  for (const key of Array.isArray(value) ? [] : Object.keys(value)) unread.add(`${path}/${key}`);
  const wrapped = new Map<PropertyKey, object>();
  return new Proxy(value, {
    get(target, key) {
      unread.delete(`${path}/${String(key)}`);
      const found: unknown = Reflect.get(target, key);
      if (typeof found !== "object" || found === null) return found;
      if (!wrapped.has(key)) wrapped.set(key, watchReads(found, `${path}/${String(key)}`, unread));
      return wrapped.get(key);
    },
  });
}
