import { describe, expect, test } from 'vitest';
import { decodeOne, nodeAt, outline, samplesOf } from '../testing/decoding';
import { fuzzDecoder } from '../testing/mutate';
import { xml } from './xml';

const stanza =
  '<message to="ä@a.test" type=\'chat\'><body>1 &lt; 2 &#x1F600;&amp;amp;</body><x/><x a="1>0"/></message>';
const decode = (message: string) => decodeOne(xml, message);

describe('XML', () => {
  test('gives elements, attributes and text, with byte ranges', () => {
    const { tree, kind, summary, problem, json } = decode(stanza);
    expect(problem).toBeUndefined();
    expect(kind).toBe('<message>');
    expect(summary).toBe('<message to="ä@a.test" type="chat"><body>1 < 2 😀&amp;</body><x/><x a="1>0"/></message>');
    expect(outline(tree)).toEqual({
      '@to': 'ä@a.test',
      '@type': 'chat',
      body: { '#text': '1 < 2 😀&amp;' },
      x: { '@a': '1>0' },
    });
    const { start, end } = nodeAt(tree, '@type');
    expect(Buffer.from(stanza).subarray(start, end).toString()).toBe("type='chat'");
    expect(json?.()).toEqual({
      message: { '@to': 'ä@a.test', '@type': 'chat', body: '1 < 2 😀&amp;', x: ['', { '@a': '1>0' }] },
    });
  });

  test('passes over what is around: declaration, comments, document type; takes CDATA as text', () => {
    const { tree, problem } = decode('<?xml version="1.0"?><!DOCTYPE a><!-- <b> --><a><![CDATA[<c>]]]]></a>\n');
    expect(problem).toBeUndefined();
    expect(outline(nodeAt(tree, 'a'))).toEqual({ '#text': '<c>]]' });
  });

  test('takes a stream that is opened in one message and closed in another', () => {
    expect(decode("<stream:stream to='a' version='1.0'>").problem).toBeUndefined();
    expect(decode('</stream:stream>').problem).toBeUndefined();
  });

  test.each([
    ['<a><b></a>', '</a> where </b> is expected', 6],
    ['<a b="', 'a tag without its end', 6],
    ['<a <b>', 'a tag within a tag', 3],
    ['<!-- x', '--> is missing', 6],
    ['<>', 'a tag without a name', 0],
  ])('says what is wrong with %s and shows the rest', (message, words, at) => {
    expect(decode(message).problem).toEqual({ message: words, at });
  });

  test('bounds depth and number of nodes', () => {
    expect(decode('<a>'.repeat(100_000)).problem?.message).toBe('nested too deeply');
    expect(decode(`<a>${'<b/>'.repeat(50_000)}</a>`).problem?.message).toMatch(/^more than 20000 nodes/);
    expect(decode(`<a ${'b'.repeat(1 << 20)} c=d>`).problem).toBeUndefined();
    expect(outline(decode('<a b=c  d = "e" f g=>').tree)).toEqual({ '@b': 'c', '@d': 'e', '@g': '' });
  });

  test('is total on mutated input', () => {
    fuzzDecoder(xml, [Buffer.from(stanza), Buffer.from('<?xml a?><!-- b --><c d="e"/>')], 3000);
  });

  test('is sure of elements, not of text with brackets', () => {
    const context = { url: '', protocol: '' };
    expect(xml.sniff(context, samplesOf(stanza, '<presence/>', "<open xmlns='x' />")).confidence).toBeGreaterThan(0.6);
    expect(xml.sniff(context, samplesOf('<3 you', 'a < b > c', '{"a":"<b>"}', '<b> is bold')).confidence).toBe(0);
  });
});
