import type { PipelineStep } from '../../core/decode/pipeline';
import type { UserDecoder } from '../../core/decode/user-decoder';
import type { Panel } from '../state/panel';
import { moved, takeFromText, takeText } from '../state/pipelineSteps';
import type { UserDecoders } from '../state/userDecoders';
import { ToolButton } from './ToolButton';

interface PipelineStepsProps {
  panel: Panel;
  mine: UserDecoders;
  draft: UserDecoder & { type: 'pipeline' };
}

const MOST_STEPS = 16;
const SKIP = '';

/** The steps of a pipeline, in their order. */
export function PipelineSteps({ panel, mine, draft }: PipelineStepsProps) {
  const { steps } = draft;
  const own = new Set((mine.list.value ?? []).map(({ decoder }) => decoder.id));
  // Those by schema have a colon in their id.
  const builtIn = panel.detail.decoders.value.filter(({ id }) => !own.has(id) && !id.includes(':'));
  const change = (next: PipelineStep[]): void => mine.edit({ ...draft, steps: next });
  return (
    <fieldset class="pipeline" aria-label="Steps">
      <ol>
        {steps.map((step, i) => (
          <li key={i}>
            <Step
              step={step}
              place={i + 1}
              last={i === steps.length - 1}
              builtIn={builtIn}
              change={(next) => change(steps.with(i, next))}
            />
            <ToolButton
              icon="up"
              label={`Move step ${i + 1} up`}
              disabled={i === 0}
              onClick={() => change(moved(steps, i, -1))}
            />
            <ToolButton
              icon="down"
              label={`Move step ${i + 1} down`}
              disabled={i === steps.length - 1}
              onClick={() => change(moved(steps, i, 1))}
            />
            <ToolButton
              icon="close"
              label={`Remove step ${i + 1}`}
              disabled={steps.length === 1}
              onClick={() => change(steps.toSpliced(i, 1))}
            />
          </li>
        ))}
      </ol>
      <button
        type="button"
        disabled={steps.length >= MOST_STEPS}
        onClick={() => change([...steps, { decoder: 'json', take: ['content'] }])}
      >
        Add a step
      </button>
    </fieldset>
  );
}

interface StepProps {
  step: PipelineStep;
  place: number;
  last: boolean;
  builtIn: readonly { id: string; label: string }[];
  change(step: PipelineStep): void;
}

function Step({ step, place, last, builtIn, change }: StepProps) {
  return (
    <>
      <select
        aria-label={`Step ${place}`}
        value={'skip' in step ? SKIP : step.decoder}
        onChange={({ currentTarget: { value } }) => {
          change(value === SKIP ? { skip: 1 } : { decoder: value, take: ['content'] });
        }}
      >
        <option value={SKIP}>Skip bytes</option>
        {builtIn.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </select>
      {'skip' in step ? (
        <input
          type="number"
          min={0}
          value={step.skip}
          aria-label={`Bytes that step ${place} skips`}
          onInput={(event) => change({ skip: Math.max(0, Math.floor(event.currentTarget.valueAsNumber || 0)) })}
        />
      ) : (
        <input
          type="text"
          value={takeText(step.take)}
          placeholder="content"
          spellcheck={false}
          hidden={last}
          aria-label={`Place of what step ${place} hands on`}
          title="Names in the tree with dots between, such as data.body"
          onInput={(event) => change({ ...step, take: takeFromText(event.currentTarget.value) })}
        />
      )}
    </>
  );
}
