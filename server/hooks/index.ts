// Public API of hooks: webhooks of release tools that announce deployments.
export { deleteHook } from "./delete-hook.ts";
export { listHookDeliveries } from "./list-deliveries.ts";
export { listHooks, readHook } from "./list-hooks.ts";
export { rotateHookSecret } from "./rotate-hook-secret.ts";
export { takeDelivery } from "./take-delivery.ts";
