// Work that is queued in the database and outlives its process. What others may use of it.
export { addJob, removeJob } from "./add-job.ts";
export { dropEndedJobs, freeDeadJobs } from "./job-life.ts";
export { type JobHandlers, runJobs } from "./run-jobs.ts";
