import Ajv from 'ajv';
import draft06 from 'ajv/dist/refs/json-schema-draft-06.json';
import fc from 'fast-check';
import schemas from 'har-schema';
import { describe, expect, it } from 'vitest';
import { har } from './har';
import { anySession, writeAll } from './testing/sessions';

const ajv = new Ajv({
  allErrors: true,
  strict: false,
  formats: {
    'date-time': (text: string) => !Number.isNaN(Date.parse(text)) && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text),
    uri: (text: string) => URL.canParse(text),
    ipv4: true,
    ipv6: true,
  },
});
ajv.addMetaSchema(draft06);
for (const schema of Object.values(schemas)) ajv.addSchema(schema);

const problemsOf = (file: unknown) => {
  const validate = ajv.getSchema('har.json#') ?? ajv.getSchema('har.json');
  if (!validate) throw new Error('har.json is not among the schemas');
  return validate(file) ? [] : validate.errors;
};

describe('the HAR 1.2 schema', () => {
  it('accepts every file that is written', async () => {
    await fc.assert(
      fc.asyncProperty(anySession, async (whole) => {
        const file: unknown = JSON.parse(new TextDecoder().decode(await writeAll(har, whole)));
        expect(problemsOf(file)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('would refuse an entry without a request', () => {
    const log = { version: '1.2', creator: { name: 'a', version: '1' }, entries: [{}] };
    expect(problemsOf({ log })).not.toEqual([]);
  });
});
