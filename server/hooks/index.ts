// Public API of hooks: webhooks of release tools that announce deployments.
export { deleteHook } from "./delete-hook.ts";
export { listHooks, readHook } from "./list-hooks.ts";
export { takeDelivery } from "./take-delivery.ts";
