/**
 * What a test sees of a browser, whichever browser it is. Chromium and Firefox implement it; a test that uses nothing
 * else runs in both.
 */

export type BrowserName = 'chromium' | 'firefox';
export type Theme = 'light' | 'dark';

export interface LaunchOptions {
  /** Folder of the unpacked extension, or null for a browser without it. */
  extension: string | null;
  headless?: boolean;
  /** Further command line arguments. */
  args?: string[];
  /** Chromium: entries merged into the profile's `Preferences`. Firefox: entries of `user.js`. */
  prefs?: Record<string, unknown>;
  /** A profile to start on, and to leave behind. Without it a fresh one is made, and deleted at `close`. */
  profileDir?: string;
  /** Language of the browser and of the extension's messages, e.g. `de`. */
  locale?: string;
  theme?: Theme;
  /** Size of the page's window in CSS pixels. */
  windowSize?: Size;
  /** Let the extension run in private windows too. */
  allowPrivate?: boolean;
  /** Further environment variables of the browser, e.g. `{ TZ: 'UTC' }`. */
  env?: Record<string, string>;
}

export interface Size {
  width: number;
  height: number;
}

export interface Driver {
  readonly name: BrowserName;
  launch(options: LaunchOptions): Promise<BrowserSession>;
}

export interface BrowserSession {
  readonly browserName: BrowserName;
  readonly version: string;
  readonly profileDir: string;
  /** Process id of the browser. */
  readonly pid: number;
  /** Opens a tab and loads the address in it. In a private window if asked, behind the current tab if asked. */
  openPage(url: string, options?: { background?: boolean; private?: boolean }): Promise<PageHandle>;
  /** Waits for a tab that the page itself opened, by a part of its address. */
  waitForPage(urlPart: string): Promise<PageHandle>;
  /** Opens DevTools for that tab, at any time of the tab's life, and waits until the extension's devtools page runs. */
  openDevtools(page: PageHandle): Promise<DevtoolsSession>;
  /** Every DevTools opened so far and not closed. */
  openedDevtools(): DevtoolsSession[];
  /** Errors of the extension seen so far, in all its places. */
  problems(): Promise<Problem[]>;
  /** Switches the extension off or on, as a user does on the browser's page of extensions. */
  enableExtension(enabled: boolean): Promise<void>;
  /** Takes from the extension the sites that it may look into, as a user may do there. */
  withholdSites(): Promise<void>;
  /** The text in the clipboard of this browser. */
  readClipboard(): Promise<string>;
  /** SIGKILLs the browser with all its processes and waits until they are gone. The profile stays. */
  kill(): Promise<void>;
  /** Ends the browser in order and deletes a profile that `launch` made. */
  close(): Promise<void>;
}

export interface PageHandle {
  url(): Promise<string>;
  /** Loads an address and waits for its `load` event. */
  goto(url: string): Promise<void>;
  /** Reloads and waits for the `load` event. */
  reload(): Promise<void>;
  /** Runs in the page's own world; arguments and results go as JSON. */
  evaluate<R, A = undefined>(run: string | ((arg: A) => R | Promise<R>), arg?: A): Promise<R>;
  /** A trusted click in the middle of the first match. */
  click(selector: string): Promise<void>;
  bringToFront(): Promise<void>;
  close(): Promise<void>;
}

export interface DevtoolsSession {
  readonly isClosed: boolean;
  /** Selects the extension's tab and waits for its page; that of another extension by its name, else until the page is recorded. */
  showPanel(name?: string): Promise<Panel>;
  /** Selects a tab of DevTools itself, so that the panel is hidden, e.g. `Console`. */
  showOther(name: string): Promise<void>;
  /** Runs in the extension's devtools page. */
  evaluate<R, A = undefined>(run: string | ((arg: A) => R | Promise<R>), arg?: A): Promise<R>;
  setTheme(theme: Theme): Promise<void>;
  /** Size of the DevTools window (Chromium) or of the toolbox (Firefox), the panel's being a little less. */
  setSize(size: Size): Promise<void>;
  /** A PNG of all of DevTools, also written to `path` if given. */
  screenshot(path?: string): Promise<Buffer>;
  close(): Promise<void>;
}

export interface Panel {
  getByRole(role: PanelRole, options?: RoleOptions): PanelLocator;
  /** By CSS selector; for what has no role. */
  locator(selector: string): PanelLocator;
  evaluate<R, A = undefined>(run: string | ((arg: A) => R | Promise<R>), arg?: A): Promise<R>;
  /** A trusted key on what has the focus, e.g. `Control+f`. */
  press(key: string): Promise<void>;
  /** Types text with trusted keys into what has the focus. */
  type(text: string): Promise<void>;
  /** Does `action`, which opens a file dialog, and chooses these files in it. */
  chooseFiles(action: () => Promise<void>, paths: string[]): Promise<void>;
  /** Does `action`, which saves a file, and gives that file. */
  download(action: () => Promise<void>): Promise<{ name: string; bytes: Buffer }>;
  /** A PNG of the panel alone, also written to `path` if given. */
  screenshot(path?: string): Promise<Buffer>;
}

export type PanelRole =
  | 'alert'
  | 'button'
  | 'checkbox'
  | 'columnheader'
  | 'combobox'
  | 'dialog'
  | 'grid'
  | 'gridcell'
  | 'group'
  | 'heading'
  | 'img'
  | 'link'
  | 'list'
  | 'listbox'
  | 'menu'
  | 'menuitem'
  | 'menuitemcheckbox'
  | 'menuitemradio'
  | 'navigation'
  | 'option'
  | 'progressbar'
  | 'radio'
  | 'region'
  | 'row'
  | 'rowgroup'
  | 'searchbox'
  | 'separator'
  | 'slider'
  | 'spinbutton'
  | 'status'
  | 'switch'
  | 'tab'
  | 'tablist'
  | 'tabpanel'
  | 'textbox'
  | 'toolbar'
  | 'tree'
  | 'treeitem';

export interface RoleOptions {
  /** Accessible name: a text is looked for anywhere in it and in any case, unless `exact`. */
  name?: string | RegExp;
  exact?: boolean;
}

export interface Wait {
  /** Milliseconds. */
  timeout?: number;
}

/** What both browsers can do with an element found by role. A Playwright `Locator` is one. */
export interface PanelLocator {
  getByRole(role: PanelRole, options?: RoleOptions): PanelLocator;
  locator(selector: string): PanelLocator;
  first(): PanelLocator;
  last(): PanelLocator;
  nth(index: number): PanelLocator;
  waitFor(options?: Wait & { state?: 'attached' | 'detached' | 'visible' | 'hidden' }): Promise<void>;
  count(): Promise<number>;
  click(options?: Wait & ClickOptions): Promise<void>;
  dblclick(options?: Wait): Promise<void>;
  hover(options?: Wait): Promise<void>;
  focus(options?: Wait): Promise<void>;
  fill(text: string, options?: Wait): Promise<void>;
  press(key: string, options?: Wait): Promise<void>;
  textContent(options?: Wait): Promise<string | null>;
  allTextContents(): Promise<string[]>;
  getAttribute(name: string, options?: Wait): Promise<string | null>;
  inputValue(options?: Wait): Promise<string>;
  isVisible(): Promise<boolean>;
  isEnabled(options?: Wait): Promise<boolean>;
  isChecked(options?: Wait): Promise<boolean>;
  boundingBox(options?: Wait): Promise<Box | null>;
  /** Runs in the panel with the element; what it gives goes as JSON. */
  evaluate<R>(run: (element: HTMLElement | SVGElement) => R): Promise<R>;
}

export interface ClickOptions {
  button?: 'left' | 'right' | 'middle';
  modifiers?: Array<'Alt' | 'Control' | 'Meta' | 'Shift' | 'ControlOrMeta'>;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** An error of the extension, wherever it happened. */
export interface Problem {
  /** `devtools` is the devtools page, the panel and their workers. */
  where: 'devtools' | 'content' | 'background';
  /** A console error, an uncaught exception, or a `securitypolicyviolation`. */
  kind: 'console' | 'exception' | 'policy';
  text: string;
}
