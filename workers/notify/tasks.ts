import type { JobHandlers } from "#server/jobs/run-jobs.ts";
import type { NotifyContext } from "#server/notifications/context.ts";
import { deliver } from "#server/notifications/deliver.ts";
import { type EscalationStep, escalate } from "#server/notifications/escalate.ts";
import { flushGroup } from "#server/notifications/flush-group.ts";
import { rerouteAlerts } from "#server/notifications/reroute-alerts.ts";
import { type Resend, resendAlertmanager } from "#server/notifications/resend-alertmanager.ts";

/** Jobs that decide: short transactions. Payloads are written by addJob beside them. */
export function decidingTasks(ctx: NotifyContext): JobHandlers {
  return {
    reroute: () => rerouteAlerts({ ctx }),
    flush: (input: { key: string }) => flushGroup({ ctx, input }),
    escalate: (input: Omit<EscalationStep, "incidentId"> & { incidentId: string }) =>
      escalate({ ctx, input: { ...input, incidentId: BigInt(input.incidentId) } }),
  };
}

/** Jobs that wait for somebody else's service. */
export function sendingTasks(ctx: NotifyContext): JobHandlers {
  return {
    deliver: ({ deliveryId }: { deliveryId: string }, { job }) =>
      deliver({ ctx, input: { deliveryId: BigInt(deliveryId), jobId: job.id } }),
    resend: (input: Resend) => resendAlertmanager({ ctx, input }),
  };
}
