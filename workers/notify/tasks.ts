import type { JobHandlers } from "#server/jobs/index.ts";
import {
  deliver,
  type EscalationStep,
  escalate,
  flushGroup,
  type NotifyContext,
  type Resend,
  rerouteAlerts,
  resendAlertmanager,
} from "#server/notifications/index.ts";

/** Jobs that decide: short transactions. addJob, beside each, writes their payloads. */
export function decidingTasks(ctx: NotifyContext): JobHandlers {
  return {
    reroute: () => rerouteAlerts({ ctx }),
    flush: (input: { key: string }) => flushGroup({ ctx, input }),
    escalate: (input: Omit<EscalationStep, "incidentId"> & { incidentId: string }) =>
      escalate({ ctx, input: { ...input, incidentId: BigInt(input.incidentId) } }),
  };
}

/** Jobs that wait for an external service. */
export function sendingTasks(ctx: NotifyContext): JobHandlers {
  return {
    deliver: ({ deliveryId }: { deliveryId: string }, { job }) =>
      deliver({ ctx, input: { deliveryId: BigInt(deliveryId), jobId: job.id } }),
    resend: (input: Resend) => resendAlertmanager({ ctx, input }),
  };
}
