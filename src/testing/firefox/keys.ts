/** Code points that WebDriver gives to keys without a character: https://w3c.github.io/webdriver/#keyboard-actions */
const keyCodes: Record<string, string> = {
  Backspace: '\uE003',
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Control: '\uE009',
  ControlOrMeta: process.platform === 'darwin' ? '\uE03D' : '\uE009',
  Alt: '\uE00A',
  Escape: '\uE00C',
  Space: ' ',
  PageUp: '\uE00E',
  PageDown: '\uE00F',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Insert: '\uE016',
  Delete: '\uE017',
  F1: '\uE031',
  F2: '\uE032',
  F10: '\uE03A',
  Meta: '\uE03D',
};

export interface KeyAction {
  type: 'keyDown' | 'keyUp';
  value: string;
}

/** WebDriver's actions for a key as Playwright writes it, modifiers first: `Enter`, `a`, `Control+Shift+ArrowDown`. */
export function keyActions(keys: string): KeyAction[] {
  const names = keys === '+' ? ['+'] : keys.split(/\+(?=.)/);
  const values = names.map(keyValue);
  return [
    ...values.map((value) => ({ type: 'keyDown' as const, value })),
    ...values.toReversed().map((value) => ({ type: 'keyUp' as const, value })),
  ];
}

/** Actions that type a text, a key after the other. */
export function typingActions(text: string): KeyAction[] {
  return [...text].flatMap((value) => [
    { type: 'keyDown', value },
    { type: 'keyUp', value },
  ]);
}

function keyValue(name: string): string {
  const value = keyCodes[name] ?? ([...name].length === 1 ? name : undefined);
  if (value === undefined) throw new Error(`Unknown key ${name}`);
  return value;
}
