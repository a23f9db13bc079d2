// Deployments as webhooks of release tools announce them: what a delivery says, and which component and datacenter that is.

export type { Announced } from "./deployment-hook/delivery.ts";
export { deploymentHookSpec, parseDeploymentHook } from "./deployment-hook/hook-spec.ts";
export { mapDelivery } from "./deployment-hook/map-delivery.ts";
export { readDelivery } from "./deployment-hook/read-delivery.ts";
