import { status } from "@grpc/grpc-js";
import { invalid, RpcFault } from "./fault.ts";
import { knownMetrics } from "./known-metrics.ts";
import { parseMetricFilter } from "./metric-filter.ts";
import type { MetricKind, ValueType } from "./series.ts";

export interface MetricDescriptor {
  name: string;
  type: string;
  labels: { key: string; valueType: string; description: string }[];
  metricKind: MetricKind;
  valueType: ValueType;
  unit: string;
  description: string;
  displayName: string;
}

const custom = /^(custom|external|workload)\.googleapis\.com\/.+/;

export const isCustom = (metricType: string) => custom.test(metricType);

/** The descriptors of what is written by users, by project, beside those of Google's own metrics. */
export class Descriptors {
  readonly #byProject = new Map<string, Map<string, MetricDescriptor>>();

  find(project: string, type: string): MetricDescriptor | undefined {
    return this.#byProject.get(project)?.get(type) ?? ofGoogle(project, type);
  }

  /** Creates it, or updates the one that is there: labels are added and never removed, kind and type stay. */
  create(project: string, wanted: Omit<MetricDescriptor, "name">): MetricDescriptor {
    if (!isCustom(wanted.type)) {
      throw invalid(
        `Field metricDescriptor.type had an invalid value of "${wanted.type}": must be a user-defined metric, such as custom.googleapis.com/NAME.`,
      );
    }
    const stored = this.find(project, wanted.type);
    if (stored && (stored.metricKind !== wanted.metricKind || stored.valueType !== wanted.valueType)) {
      throw invalid(
        `Field metricDescriptor had an invalid value: ${wanted.type} exists as ${stored.metricKind} ${stored.valueType}; delete it first to change its kind or value type.`,
      );
    }
    const labels = [...(stored?.labels ?? [])];
    for (const label of wanted.labels) if (!labels.some(({ key }) => key === label.key)) labels.push(label);
    if (labels.length > 30)
      throw invalid("Field metricDescriptor.labels had an invalid value: At most 30 labels are allowed.");
    const descriptor = { ...wanted, labels, name: nameOf(project, wanted.type) };
    const ofProject = this.#byProject.get(project) ?? new Map<string, MetricDescriptor>();
    this.#byProject.set(project, ofProject.set(wanted.type, descriptor));
    return descriptor;
  }

  list(project: string, filterText: string): MetricDescriptor[] {
    const filter = parseMetricFilter(filterText);
    const known = [...knownMetrics.keys()].map((type) => ofGoogle(project, type) as MetricDescriptor);
    const all = [...(this.#byProject.get(project)?.values() ?? []), ...known];
    return all.filter(({ type }) =>
      filter.matches({ project, metricType: type, resourceType: "", metricLabels: {}, resourceLabels: {} }),
    );
  }

  get(name: string): MetricDescriptor {
    const [, project = "", type = ""] = /^projects\/([^/]+)\/metricDescriptors\/(.+)$/.exec(name) ?? [];
    const descriptor = this.find(project, type);
    if (descriptor) return descriptor;
    throw new RpcFault(status.NOT_FOUND, `Could not find descriptor for metric '${type}'.`);
  }
}

const nameOf = (project: string, type: string) => `projects/${project}/metricDescriptors/${type}`;

function ofGoogle(project: string, type: string): MetricDescriptor | undefined {
  const known = knownMetrics.get(type);
  if (known === undefined) return undefined;
  const { kind, valueType, unit } = known;
  return {
    name: nameOf(project, type),
    type,
    labels: [],
    metricKind: kind,
    valueType,
    unit,
    description: "",
    displayName: type,
  };
}
