import { fillTemplate } from "../source/pattern.ts";
import type { Announced } from "./delivery.ts";
import type { HookMapping } from "./hook-spec.ts";

export interface MappedDeployment extends Announced {
  readonly component: string;
  /** null: everywhere. */
  readonly datacenter: string | null;
}

export interface MappedDelivery {
  readonly deployments: readonly MappedDeployment[];
  /** Subjects that no mapping matches. */
  readonly notMapped: readonly string[];
}

/** The component and the datacenter of each announced deployment, by the first mapping that matches. */
export function mapDelivery(mappings: readonly HookMapping[], announced: readonly Announced[]): MappedDelivery {
  const deployments: MappedDeployment[] = [];
  const notMapped = new Set<string>();
  for (const each of announced) {
    const place = placeOf(mappings, each.subject);
    if (place === null) notMapped.add(each.subject);
    else deployments.push({ ...each, ...place });
  }
  return { deployments, notMapped: [...notMapped] };
}

function placeOf(mappings: readonly HookMapping[], subject: string) {
  for (const { match, component, datacenter } of mappings) {
    const groups = match.match(subject);
    if (groups === null) continue;
    return {
      component: fillTemplate(component, groups),
      datacenter: datacenter === undefined ? null : fillTemplate(datacenter, groups),
    };
  }
  return null;
}
