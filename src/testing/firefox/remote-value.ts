/** A value as WebDriver BiDi writes it: https://w3c.github.io/webdriver-bidi/#type-script-RemoteValue */
export interface RemoteValue {
  type: string;
  value?: unknown;
}

/** The plain value that a remote one stands for. Throws for what has none, such as a node or a function. */
export function plainValue(remote: RemoteValue): unknown {
  switch (remote.type) {
    case 'undefined':
      return undefined;
    case 'null':
      return null;
    case 'string':
    case 'boolean':
      return remote.value;
    case 'number':
      return typeof remote.value === 'number' ? remote.value : specialNumber(String(remote.value));
    case 'bigint':
      return BigInt(String(remote.value));
    case 'array':
      return (remote.value as RemoteValue[]).map(plainValue);
    case 'object':
      return Object.fromEntries((remote.value as Array<[string, RemoteValue]>).map(([k, v]) => [k, plainValue(v)]));
    default:
      throw new TypeError(`A ${remote.type} cannot be handed over: give a plain value`);
  }
}

function specialNumber(text: string): number {
  return text === '-0' ? -0 : Number(text);
}
