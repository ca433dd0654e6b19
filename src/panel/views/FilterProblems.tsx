import type { QueryProblem } from '../../core/filter/types';

interface FilterProblemsProps {
  text: string;
  problems: readonly QueryProblem[];
  stopped: string | null;
}

/** What cannot be used of the filter as it is written, with the place underlined. */
export function FilterProblems({ text, problems, stopped }: FilterProblemsProps) {
  if (!problems.length && !stopped) return null;
  return (
    <div id="filter-problems" class="filter-problems" role="alert">
      {problems.map((problem, at) => (
        <p key={at}>
          {problem.end > problem.start && (
            <code>
              {text.slice(Math.max(0, problem.start - 12), problem.start)}
              <u>{text.slice(problem.start, problem.end)}</u>
              {text.slice(problem.end, problem.end + 12)}
            </code>
          )}
          <span>{problem.message}</span>
        </p>
      ))}
      {stopped && <p>{stopped}</p>}
    </div>
  );
}
