import type { Jobs } from '../state/jobs';

/** How far a long import or export is, and the way to stop it. */
export function JobProgress({ jobs }: { jobs: Jobs }) {
  return (
    <>
      {jobs.shown.value.map((job) => (
        <div class="banner job" key={job.id}>
          <span id={`job-${job.id}`}>{job.label}</span>
          <div
            class="progress"
            role="progressbar"
            aria-labelledby={`job-${job.id}`}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={job.total ? Math.floor((job.done / job.total) * 100) : undefined}
          >
            <div
              class={job.total ? 'bar' : 'bar unknown'}
              style={{ width: job.total ? `${(job.done / job.total) * 100}%` : '30%' }}
            />
          </div>
          <button type="button" onClick={() => jobs.cancel(job.id)}>
            Cancel
          </button>
        </div>
      ))}
    </>
  );
}
