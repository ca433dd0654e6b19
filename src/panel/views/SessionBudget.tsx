import type { Panel } from '../state/panel';

const GIB = 1024 ** 3;

/** How much old sessions may take before the oldest are removed. */
export function SessionBudget({ panel }: { panel: Panel }) {
  const { budget } = panel.sessions;
  const { bytes, sessions } = budget.value;
  return (
    <span class="budget">
      <label>
        Keep up to{' '}
        <input
          type="number"
          aria-label="Most gibibytes to keep"
          min={0.1}
          max={1000}
          step={0.5}
          value={bytes / GIB}
          onChange={(event) =>
            panel.sessions.setBudget({ bytes: Math.round(event.currentTarget.valueAsNumber * GIB), sessions })
          }
        />{' '}
        GiB
      </label>
      <label>
        or{' '}
        <input
          type="number"
          aria-label="Most sessions to keep"
          min={1}
          max={10_000}
          value={sessions}
          onChange={(event) => panel.sessions.setBudget({ bytes, sessions: event.currentTarget.valueAsNumber })}
        />{' '}
        sessions
      </label>
    </span>
  );
}
