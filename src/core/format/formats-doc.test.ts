import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FLAG } from '../model/frame';
import { flagNames } from './frame-flags';
import { ndjson } from './ndjson';
import { formats } from './registry';
import { readAll, textOf } from './testing/sessions';

const doc = readFileSync(new URL('../../../docs/formats.md', import.meta.url), 'utf8');

describe('docs/formats.md', () => {
  it('shows an NDJSON file that can be read, with text, binary, an event and a dropped payload', async () => {
    const [, example] = /```ndjson\n([\s\S]*?)```/.exec(doc) ?? [];
    const { frames, connections, session } = await readAll(ndjson, textOf(example));
    expect(session).toMatchObject({ name: 'Morning' });
    expect(connections.map((one) => one.url)).toEqual(['wss://shop.test/feed']);
    expect(frames.map((frame) => frame.kind)).toEqual(['open', 'text', 'binary', 'text']);
    expect(frames[3]).toMatchObject({ flags: FLAG.dropped, length: 1000 });
  });

  it('names every format, its extension and type', () => {
    for (const { label, extension, mime } of formats) {
      expect(doc).toContain(`## ${label}`);
      expect(doc).toContain(`\`.${extension}\`, \`${mime}\``);
    }
  });

  it('names every flag and every member of our own', () => {
    const names = flagNames(0xffff);
    expect(names).toHaveLength(Object.keys(FLAG).length - 1);
    for (const name of names) expect(doc).toContain(`\`${name}\``);
    const source = ['har-write', 'har-message', 'har-entry', 'har-read', 'har-entry-read']
      .map((name) => readFileSync(new URL(`./${name}.ts`, import.meta.url), 'utf8'))
      .join('\n');
    const members = new Set(source.match(/_framescope[A-Z]\w+/g));
    expect(members.size).toBeGreaterThan(6);
    for (const member of members) expect(doc).toContain(`\`${member}\``);
  });
});
