import type { ComponentChildren } from 'preact';
import { VisibleText } from './VisibleText';

/** Names with their values; those without a value are left out. */
export function Facts({ facts }: { facts: readonly (readonly [string, ComponentChildren])[] }) {
  return (
    <dl class="facts">
      {facts.map(([name, value], at) =>
        value === null || value === undefined || value === '' ? null : (
          <div key={at}>
            <dt>{name}</dt>
            <dd>{typeof value === 'string' ? <VisibleText text={value} /> : value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
