import { isRecord } from './json/read';
import { type PipelineDefinition, parsePipeline } from './pipeline';

/** A decoder that the user wrote: the source text of a script that has a function `decode`. */
export interface FunctionDefinition {
  id: string;
  label: string;
  code: string;
}

/** A decoder of the user's, as it is kept in the settings. */
export type UserDecoder = ({ type: 'pipeline' } & PipelineDefinition) | ({ type: 'function' } & FunctionDefinition);

/** Characters of a function, in UTF-16 units: enough for a library that was pasted along. */
const MOST_CODE = 2 << 20;
const MOST_LABEL = 60;
const HEAD = '// Framescope decoder: ';

/**
 * A user's decoder from untrusted data, such as settings.
 * @param known whether there is a built-in decoder of that id
 * @returns the definition, or what is wrong with it in words for the user
 */
export function parseUserDecoder(value: unknown, known: (id: string) => boolean): UserDecoder | string {
  if (!isRecord(value)) return 'a decoder is an object';
  const { type, id, label, code } = value;
  if (typeof label === 'string' && label.length > MOST_LABEL) return `the name has more than ${MOST_LABEL} characters`;
  if (type === 'pipeline') {
    const parsed = parsePipeline(value, known);
    return typeof parsed === 'string' ? parsed : { type, ...parsed };
  }
  if (type !== 'function') return 'neither a pipeline nor a function';
  if (typeof id !== 'string' || !/^[\w.-]{1,40}$/.test(id)) return 'the id has to be a word of at most 40 letters';
  if (known(id)) return `there is a decoder "${id}" already`;
  if (typeof label !== 'string' || label.trim() === '') return 'the name is missing';
  if (typeof code !== 'string') return 'the code is missing';
  if (code.length > MOST_CODE) return `the code has more than ${MOST_CODE >> 20} Mi characters`;
  return { type, id, label, code };
}

/** A decoder as a text to keep or pass on: a script with its name in the first line, or the JSON of a pipeline. */
export function textOfUserDecoder(decoder: UserDecoder): string {
  if (decoder.type === 'function') {
    return decoder.code.startsWith(HEAD) ? decoder.code : `${HEAD}${decoder.label}\n${decoder.code}`;
  }
  const { label, steps } = decoder;
  return `${JSON.stringify({ type: 'pipeline', label, steps }, null, 2)}\n`;
}

/**
 * The reverse of {@link textOfUserDecoder}.
 * @param id of the decoder that is made
 * @param name of the file, for a script that does not say its own
 * @returns the definition, or what is wrong with it in words for the user
 */
export function userDecoderFromText(
  source: string,
  id: string,
  name: string,
  known: (id: string) => boolean,
): UserDecoder | string {
  if (!source.trimStart().startsWith('{')) {
    const [first] = source.split('\n', 1);
    const own = first.startsWith(HEAD);
    const label = (own ? first.slice(HEAD.length) : name.replace(/\.\w+$/, '')).trim().slice(0, MOST_LABEL);
    const code = own ? source.slice(first.length + 1) : source;
    return parseUserDecoder({ type: 'function', id, label, code }, known);
  }
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch (error) {
    return `this is no JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
  return parseUserDecoder(isRecord(value) ? { ...value, id } : value, known);
}
