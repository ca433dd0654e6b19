import { headText, NO, share } from '../sniffing';
import { branch, errorNode, grouped, kindOf, LIMITS, leaf, oneLine } from '../tree';
import type { DecodedNode, Decoder } from '../types';
import { otherwise } from './otherwise';
import { readXml, type XmlElement, type XmlNode } from './xml-read';

/** A row has no room for more roots. */
const SUMMARIZED = 20;

/** XML 1.0, also stanzas and HTML that is well-formed. */
export const xml: Decoder = {
  id: 'xml',
  label: 'XML',
  layer: 'encoding',
  sniff(_, samples) {
    const texts = samples.filter((sample) => sample.text && sample.payload.length > 0);
    const part = share(texts, (sample) =>
      /^\s*(<\?xml|<!--|<!DOCTYPE|<\/?[a-z_][\w:.-]*[\s/>])[\s\S]*>\s*$/i.test(tailed(headText(sample))),
    );
    return part < 0.3 ? NO : { confidence: 0.65 * part, reason: 'messages begin and end as XML does' };
  },
  decode(payload, context) {
    const { nodes, broken } = readXml(payload);
    if (!context.text && !nodes.some((node) => node.type === 'element')) return otherwise(payload, context, 'text', '');
    const children = nodes.map(treeNode);
    if (broken) children.push(errorNode(broken.message, broken.at));
    const root = nodes.find((node): node is XmlElement => node.type === 'element');
    const single = children.length === 1 ? { ...children[0], name: root?.name ?? '' } : undefined;
    const summary = nodes
      .slice(0, SUMMARIZED)
      .map((node) => previewNode(node, LIMITS.summary))
      .join(' ');
    return {
      tree:
        single ?? branch('', 'array', oneLine(summary, LIMITS.preview), children, { start: 0, end: payload.length }),
      summary: oneLine(summary),
      kind: root ? kindOf(`<${root.name}>`) : '',
      problem: broken && { message: broken.message, at: broken.at },
      json: () =>
        Object.fromEntries(
          nodes.flatMap((node) => (node.type === 'element' ? [[node.name, valueOfElement(node)]] : [])),
        ),
    };
  },
};

/** Long messages are looked at in part, which seldom ends with a tag. */
function tailed(head: string): string {
  return head.length >= 1000 ? `${head}>` : head;
}

function treeNode(node: XmlNode): DecodedNode {
  const { start, end } = node;
  if (node.type !== 'element')
    return leaf(node.type === 'text' ? '#text' : `#${node.type}`, 'string', node.value, { start, end });
  return {
    name: node.name,
    type: 'object',
    get value() {
      return previewNode(node, LIMITS.preview);
    },
    start,
    end,
    children: () => grouped(childNodes(node)),
  };
}

function childNodes({ attributes, children }: XmlElement): DecodedNode[] {
  const nodes = attributes.map(({ name, value, start, end }) => leaf(`@${name}`, 'string', value, { start, end }));
  return [...nodes, ...children.map(treeNode)];
}

/** A node in one line, about as it was written, at most `max` UTF-16 units and a few levels deep. */
function previewNode(node: XmlNode, max: number, depth = 4): string {
  if (node.type !== 'element') {
    if (node.type === 'comment') return '<!--…-->';
    return oneLine(node.type === 'text' ? node.value : `<${node.value}>`, max);
  }
  const tag = [node.name, ...node.attributes.slice(0, 20).map((one) => `${one.name}="${oneLine(one.value, 80)}"`)].join(
    ' ',
  );
  if (node.children.length === 0) return oneLine(`<${tag}/>`, max);
  let inner = '';
  for (const child of node.children) {
    if (inner.length >= max || depth === 0) {
      inner += '…';
      break;
    }
    inner += previewNode(child, max, depth - 1);
  }
  return oneLine(`<${tag}>${inner}</${node.name}>`, max);
}

/**
 * A plain value of an element for paths: attributes as `@name`, children by their names (several as a list), text as
 * `#text`; an element of nothing but text is that text.
 */
function valueOfElement({ attributes, children }: XmlElement): unknown {
  const members = new Map<string, unknown>(attributes.map(({ name, value }) => [`@${name}`, value]));
  let text = '';
  for (const child of children) {
    if (child.type === 'text') text += child.value;
    if (child.type !== 'element') continue;
    const value = valueOfElement(child);
    const before = members.get(child.name);
    if (Array.isArray(before)) before.push(value);
    else members.set(child.name, before === undefined ? value : [before, value]);
  }
  if (members.size === 0) return text;
  if (text !== '') members.set('#text', text);
  return Object.fromEntries(members);
}
