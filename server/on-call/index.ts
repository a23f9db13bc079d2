// Public API of on-call: who is on call when, and what replaces a rotation for a while.
export { createOverride } from "./create-override.ts";
export { deleteSchedule } from "./delete-schedule.ts";
export { importCalendar } from "./import-calendar.ts";
export { listOverrides } from "./list-overrides.ts";
export { listSchedules, readSchedule } from "./list-schedules.ts";
export { listShifts } from "./list-shifts.ts";
export { loadOnCall, type OnCall } from "./load-on-call.ts";
export { removeOverride } from "./remove-override.ts";
export { writeCalendar } from "./write-calendar.ts";
