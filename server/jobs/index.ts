// Public API of jobs: work queued in the database that outlives its process.
export { addJob, removeJob } from "./add-job.ts";
export { dropEndedJobs, freeDeadJobs } from "./job-life.ts";
export { type JobHandlers, runJobs } from "./run-jobs.ts";
