// Who is on call: a schedule's layers of rotations, and what replaces them for a while.
export {
  type OnCallSchedule,
  onCallScheduleSpec,
  parseOnCallSchedule,
} from "./on-call/schedule-schema.ts";
export { maxShiftDays, type Override, onCallAt, type Shift, shiftsBetween } from "./on-call/shifts.ts";
