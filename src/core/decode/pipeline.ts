import { isRecord } from './json/read';
import { isUtf8 } from './reader';
import { NO } from './sniffing';
import { detached, unreadable } from './tree';
import type { DecodeContext, Decoded, DecodedNode, Decoder } from './types';

/** A step of a pipeline: bytes left out at the beginning, or a decoder and the place of the value it hands on. */
export type PipelineStep = { skip: number } | { decoder: string; take: string[] };

/** A decoder that a user put together from others, as it is kept in the settings. */
export interface PipelineDefinition {
  id: string;
  label: string;
  steps: PipelineStep[];
}

/** What compressed and encoded data hold is there. */
const CONTENT = ['content'];
/** Steps of a pipeline, and names in a path. */
const MOST = 16;

/**
 * A pipeline's definition from untrusted data, such as settings or a file:
 * `{"id": "mine", "label": "Mine", "steps": [{"skip": 4}, {"decoder": "gzip"}, {"decoder": "msgpack"}]}`.
 * `take` is a path of names in the tree, `["content"]` if it is left out; it does not count in the last step.
 *
 * @returns the definition, or what is wrong with it in words for the user
 */
export function parsePipeline(value: unknown, known: (id: string) => boolean): PipelineDefinition | string {
  if (!isRecord(value)) return 'a pipeline is an object with id, label and steps';
  const { id, label, steps } = value;
  if (typeof id !== 'string' || !/^[\w.-]{1,40}$/.test(id)) return 'the id has to be a word of at most 40 letters';
  if (known(id)) return `there is a decoder "${id}" already`;
  if (typeof label !== 'string' || label.trim() === '') return 'the label is missing';
  if (!Array.isArray(steps) || steps.length === 0 || steps.length > MOST) return `there have to be 1 to ${MOST} steps`;
  const parsed: PipelineStep[] = [];
  for (const [i, step] of steps.entries()) {
    const one = parseStep(step, known);
    if (typeof one === 'string') return `step ${i + 1}: ${one}`;
    parsed.push(one);
  }
  return 'skip' in (parsed.at(-1) as PipelineStep) ? 'the last step has to be a decoder' : { id, label, steps: parsed };
}

function parseStep(step: unknown, known: (id: string) => boolean): PipelineStep | string {
  if (!isRecord(step)) return 'neither "skip" nor "decoder"';
  const { skip, decoder, take = CONTENT } = step;
  if (typeof skip === 'number')
    return Number.isSafeInteger(skip) && skip >= 0 ? { skip } : '"skip" has to be a number of bytes';
  if (typeof decoder !== 'string') return 'neither "skip" nor "decoder"';
  if (!known(decoder)) return `there is no decoder "${decoder}"`;
  const names: unknown[] = Array.isArray(take) ? take : [];
  if (names.length === 0 || names.length > MOST || !names.every((name) => typeof name === 'string')) {
    return '"take" has to be a list of names';
  }
  return { decoder, take: names.map(String) };
}

/**
 * The decoder that a definition describes. A step that fails, or whose value is not there, is the last one shown, with a
 * problem that names it. It is never chosen by itself.
 */
export function pipelineDecoder(
  { id, label, steps }: PipelineDefinition,
  byId: (id: string) => Decoder | undefined,
): Decoder {
  return {
    id,
    label,
    layer: 'protocol',
    sniff: () => NO,
    decode: (payload, context) => run(payload, steps, byId, context),
  };
}

function run(
  payload: Uint8Array,
  steps: PipelineStep[],
  byId: (id: string) => Decoder | undefined,
  context: DecodeContext,
): Decoded {
  let input: Input = { bytes: payload, text: context.text, offset: 0 };
  for (const [i, step] of steps.entries()) {
    const name = `step ${i + 1}`;
    if ('skip' in step) {
      if (step.skip > input.bytes.length)
        return unreadable(`${name}: ${step.skip} bytes to skip, ${input.bytes.length} there`, 0);
      const offset = input.offset === undefined ? undefined : input.offset + step.skip;
      input = { bytes: input.bytes.subarray(step.skip), text: input.text, offset };
      continue;
    }
    const decoder = byId(step.decoder);
    if (decoder === undefined) return unreadable(`${name}: there is no decoder "${step.decoder}"`, 0);
    const decoded = placed(
      decoder.decode(input.bytes, { ...context, text: input.text, state: stateOf(context, i) }),
      input,
      payload,
    );
    if (i === steps.length - 1) return steps.length === 1 ? decoded : named(decoded, `${name} (${decoder.label})`);
    const next = valueAt(decoded.tree, step.take);
    if (next === undefined) {
      const problem = decoded.problem ?? { message: `nothing at ${step.take.join(' › ')}`, at: 0 };
      return named({ ...decoded, problem }, `${name} (${decoder.label})`);
    }
    input = next;
  }
  return unreadable('a pipeline without a decoder', 0);
}

/** A problem says in which step it is. */
function named(decoded: Decoded, step: string): Decoded {
  const { problem } = decoded;
  return problem ? { ...decoded, problem: { message: `${step}: ${problem.message}`, at: problem.at } } : decoded;
}

/** What a step reads. `offset` is its place in the payload, `undefined` where it is no part of it. */
interface Input {
  bytes: Uint8Array;
  text: boolean;
  offset: number | undefined;
}

/** Each step remembers for itself. */
function stateOf({ state }: DecodeContext, step: number): Record<string, unknown> {
  const own = state[`step ${step}`];
  if (isRecord(own)) return own;
  const fresh = {};
  state[`step ${step}`] = fresh;
  return fresh;
}

/** Offsets count from the payload's start, or are left out. */
function placed(decoded: Decoded, { offset }: Input, payload: Uint8Array): Decoded {
  if (offset === 0) return decoded;
  const { problem } = decoded;
  const at = problem && offset !== undefined ? Math.min(problem.at + offset, payload.length) : 0;
  return {
    ...decoded,
    tree: offset === undefined ? detached(decoded.tree) : moved(decoded.tree, offset),
    ...(problem && { problem: { message: problem.message, at } }),
  };
}

function moved(node: DecodedNode, by: number): DecodedNode {
  const { start, end, children } = node;
  return {
    ...node,
    ...(start !== undefined && { start: start + by }),
    ...(end !== undefined && { end: end + by }),
    ...(children && { children: () => children().map((child) => moved(child, by)) }),
  };
}

function valueAt(tree: DecodedNode, path: string[]): Input | undefined {
  let node: DecodedNode | undefined = tree;
  for (const name of path) node = node?.children?.().find((child) => child.name === name);
  if (node?.bytes) return { bytes: node.bytes, text: isUtf8(node.bytes), offset: undefined };
  return node?.type === 'string'
    ? { bytes: new TextEncoder().encode(node.value), text: true, offset: undefined }
    : undefined;
}
