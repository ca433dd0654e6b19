import { NO, share } from '../sniffing';
import { branch, bytesNode, leaf } from '../tree';
import type { DecodedNode, Decoder } from '../types';
import { imageSize } from './image-size';
import { fileTypeOf } from './magic';
import { otherwise } from './otherwise';

/** Images and other files, told by their first bytes. The `content` node has them, so an image can be shown. */
export const file: Decoder = {
  id: 'file',
  label: 'Image or file',
  layer: 'encoding',
  sniff(_, samples) {
    const binary = samples.filter((sample) => !sample.text && sample.payload.length > 0);
    const part = share(binary, ({ payload }) => fileTypeOf(payload) !== undefined);
    if (part < 0.2) return NO;
    const first = binary.map(({ payload }) => fileTypeOf(payload)).find((type) => type !== undefined);
    return { confidence: 0.5 + 0.4 * part, reason: `messages begin as a ${first?.label} does` };
  },
  decode(payload, context) {
    const type = fileTypeOf(payload);
    if (type === undefined) return otherwise(payload, context, 'binary', 'no known kind of file begins like this');
    const size = imageSize(type.mime, payload);
    const pixels = size && `${size.width} × ${size.height}`;
    const nodes: DecodedNode[] = [leaf('type', 'string', type.mime, { note: type.label })];
    if (size && pixels)
      nodes.push(leaf('size', 'string', pixels, { start: size.start, end: size.end, note: 'pixels' }));
    nodes.push(bytesNode('content', payload, { start: 0, end: payload.length, note: type.mime }));
    const words = [type.label, ...(pixels ? [pixels] : []), `${payload.length} bytes`].join(', ');
    return {
      tree: branch('', 'object', words, nodes, { start: 0, end: payload.length }),
      summary: words,
      kind: type.mime,
      json: () => ({ type: type.mime, size: payload.length, ...(size && { width: size.width, height: size.height }) }),
    };
  },
};
