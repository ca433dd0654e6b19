// Runs once in Firefox's own browser window, with its privileges, and answers the driver's calls there. What it cannot
// answer yet it answers with null: the driver asks again.
(() => {
  const { NavigableManager } = ChromeUtils.importESModule('chrome://remote/content/shared/NavigableManager.sys.mjs');
  const { Downloads } = ChromeUtils.importESModule('resource://gre/modules/Downloads.sys.mjs');
  const { require: load } = ChromeUtils.importESModule('resource://devtools/shared/loader/Loader.sys.mjs');
  const { gDevTools } = load('resource://devtools/client/framework/devtools.js');

  // WebDriver BiDi knows the documents of tabs alone. With an id for every other one too, its commands work in the
  // extension's devtools page and panel as in a tab.
  const prefix = 'context-';
  const contextOf = NavigableManager.getBrowsingContextById.bind(NavigableManager);
  const idOf = NavigableManager.getIdForBrowsingContext.bind(NavigableManager);
  NavigableManager.getBrowsingContextById = (id) =>
    id?.startsWith(prefix) ? (BrowsingContext.get(Number(id.slice(prefix.length))) ?? null) : contextOf(id);
  NavigableManager.getIdForBrowsingContext = (context) =>
    idOf(context) ?? (BrowsingContext.isInstance(context) ? prefix + context.id : null);

  const problems = [];
  // Firefox gives scripts of the MAIN world no address.
  const anonymous = '<anonymous code>';
  const report = (kind, text, source) => {
    if (source !== anonymous && !source?.startsWith('moz-extension://')) return;
    problems.push({ kind, text: `${text} (${source})`, path: source === anonymous ? null : new URL(source).pathname });
  };
  Services.console.registerListener((message) => {
    if (!(message instanceof Ci.nsIScriptError) || message.flags & Ci.nsIScriptError.warningFlag) return;
    // Said of every message that is under way when its document goes; no script can prevent it.
    if (message.errorMessage.startsWith('Promise rejected after context unloaded')) return;
    // The failures of a page's own sockets come with the script that opened them; they are no exceptions.
    if (message.sourceName === anonymous && !message.hasException) return;
    report(message.category.startsWith('CSP') ? 'policy' : 'exception', message.errorMessage, message.sourceName);
  });
  // Calls of `console.error` stay in the process they were made in.
  const watchConsole = () => {
    const storage = Cc['@mozilla.org/consoleAPI-storage;1'].getService(Ci.nsIConsoleAPIStorage);
    const listen = ({ level, filename, arguments: args }) => {
      if (level === 'error')
        sendAsyncMessage('framescope:console-error', { source: filename, text: args.map(String).join(' ') });
    };
    storage.addLogEventListener(
      (event) => listen(event.wrappedJSObject ?? event),
      Services.scriptSecurityManager.getSystemPrincipal(),
    );
  };
  Services.ppmm.addMessageListener('framescope:console-error', ({ data }) => report('console', data.text, data.source));
  Services.ppmm.loadProcessScript(`data:,(${encodeURIComponent(watchConsole)})()`, true);

  const given = new WeakSet();

  // A stand-in for the file dialog: it chooses the files named before, or cancels.
  let chosen = null;
  const picker = {
    init: () => undefined,
    appendFilter: () => undefined,
    appendFilters: () => undefined,
    appendRawFilter: () => undefined,
    isModeSupported: () => Promise.resolve(true),
    open(callback) {
      Services.tm.dispatchToMainThread(() =>
        callback.done(chosen ? Ci.nsIFilePicker.returnOK : Ci.nsIFilePicker.returnCancel),
      );
      opened = chosen !== null;
    },
    close: () => undefined,
    get file() {
      return chosen?.[0] ?? null;
    },
    get files() {
      return enumeratorOf(chosen ?? []);
    },
    QueryInterface: ChromeUtils.generateQI(['nsIFilePicker']),
  };
  let opened = false;
  const enumeratorOf = (files) => {
    let next = 0;
    return {
      hasMoreElements: () => next < files.length,
      getNext: () => files[next++],
      [Symbol.iterator]: () => files[Symbol.iterator](),
      QueryInterface: ChromeUtils.generateQI(['nsISimpleEnumerator']),
    };
  };
  Components.manager
    .QueryInterface(Ci.nsIComponentRegistrar)
    .registerFactory(Services.uuid.generateUUID(), 'Chosen files', '@mozilla.org/filepicker;1', {
      createInstance: (iid) => picker.QueryInterface(iid),
      QueryInterface: ChromeUtils.generateQI(['nsIFactory']),
    });

  const tabOf = (id) => {
    for (const { gBrowser } of Services.wm.getEnumerator('navigator:browser')) {
      const tab = gBrowser.tabs.find((one) => NavigableManager.getIdForBrowser(one.linkedBrowser) === id);
      if (tab) return tab;
    }
    throw new Error(`No tab ${id}`);
  };
  const toolboxOf = (id) => {
    const toolbox = gDevTools.getToolboxForTab(tabOf(id));
    if (!toolbox) throw new Error('DevTools is not open for this tab');
    return toolbox;
  };
  const viewOf = (id, extensionId, type) => {
    const toolbox = toolboxOf(id);
    const views = [...(WebExtensionPolicy.getByID(extensionId)?.extension.views ?? [])];
    return views.find((view) => view.viewType === type && view.devToolsToolbox === toolbox && view.xulBrowser);
  };

  globalThis.framescopeDriver = {
    problems: () => problems,

    openPrivateWindow() {
      OpenBrowserWindow({ private: true });
    },

    /** The tab of a private window that was not given before. While its first page loads it cannot be navigated. */
    newPrivateTab() {
      for (const win of Services.wm.getEnumerator('navigator:browser')) {
        const browser = win.gBrowser?.selectedBrowser;
        if (given.has(win) || !PrivateBrowsingUtils.isWindowPrivate(win) || !win.gBrowserInit?.delayedStartupFinished)
          continue;
        if (browser.currentURI.spec === 'about:blank' || browser.webProgress.isLoadingDocument) continue;
        given.add(win);
        return NavigableManager.getIdForBrowser(browser);
      }
      return null;
    },

    async openToolbox({ tab }) {
      await gDevTools.showToolboxForTab(tabOf(tab), { toolId: 'webconsole', hostType: 'window' });
    },

    closeToolbox: ({ tab }) => gDevTools.closeToolboxForTab(tabOf(tab)),

    view({ tab, extensionId, type }) {
      const context = viewOf(tab, extensionId, type)?.xulBrowser.browsingContext;
      return context ? prefix + context.id : null;
    },

    focusPanel({ tab, extensionId }) {
      toolboxOf(tab).topWindow.focus();
      viewOf(tab, extensionId, 'devtools_panel').xulBrowser.focus();
    },

    async selectTool({ tab, label }) {
      const toolbox = toolboxOf(tab);
      const tools = [...toolbox.getAdditionalTools(), ...gDevTools.getToolDefinitionArray()];
      const tool = tools.find((one) => one.label === label);
      if (!tool) return null;
      await toolbox.selectTool(tool.id);
      return tool.id;
    },

    /** Stops the extension's background page, as Firefox does when it was idle, and waits until it is gone. */
    async stopBackground({ extensionId }) {
      const { extension } = WebExtensionPolicy.getByID(extensionId);
      // An attached DevTools and traffic would keep it alive.
      await extension.terminateBackground({ ignoreDevToolsAttached: true, disableResetIdleForTest: true });
      return extension.backgroundState;
    },

    /** Waits until it runs, or does not any more. */
    async enableExtension({ extensionId, enabled }) {
      const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs');
      const addon = await AddonManager.getAddonByID(extensionId);
      await (enabled ? addon.enable() : addon.disable());
      await WebExtensionPolicy.getByID(extensionId)?.readyPromise;
    },

    async withholdSites({ extensionId }) {
      const { ExtensionPermissions } = ChromeUtils.importESModule(
        'resource://gre/modules/ExtensionPermissions.sys.mjs',
      );
      const { extension } = WebExtensionPolicy.getByID(extensionId);
      await ExtensionPermissions.remove(extensionId, { permissions: [], origins: ['<all_urls>'] }, extension);
    },

    switchHost: ({ tab, side }) => toolboxOf(tab).switchHost(side),

    resize({ tab, width, height }) {
      toolboxOf(tab).topWindow.resizeTo(width, height);
    },

    async screenshot({ tab }) {
      const { topWindow } = toolboxOf(tab);
      const { width, height } = topWindow.document.documentElement.getBoundingClientRect();
      const area = new DOMRect(0, 0, width, height);
      const bitmap = await topWindow.browsingContext.currentWindowGlobal.drawSnapshot(area, 1, 'white');
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      canvas.getContext('2d').drawImage(bitmap, 0, 0);
      const bytes = await (await canvas.convertToBlob()).arrayBuffer();
      return new Uint8Array(bytes).toBase64();
    },

    chooseFiles({ paths }) {
      opened = false;
      chosen = paths.map((path) => {
        const file = Cc['@mozilla.org/file/local;1'].createInstance(Ci.nsIFile);
        file.initWithPath(path);
        return file;
      });
    },

    filesWereChosen: () => opened || null,

    setPref({ name, value }) {
      Services.prefs.setStringPref(name, value);
    },

    clipboard() {
      if (!Services.clipboard.hasDataMatchingFlavors(['text/plain'], Ci.nsIClipboard.kGlobalClipboard)) return '';
      const transferable = Cc['@mozilla.org/widget/transferable;1'].createInstance(Ci.nsITransferable);
      transferable.init(null);
      transferable.addDataFlavor('text/plain');
      Services.clipboard.getData(transferable, Ci.nsIClipboard.kGlobalClipboard);
      const found = {};
      transferable.getTransferData('text/plain', found);
      return found.value.QueryInterface(Ci.nsISupportsString).data;
    },

    async downloads() {
      const list = await Downloads.getList(Downloads.ALL);
      return (await list.getAll()).filter((one) => one.succeeded).map((one) => one.target.path);
    },

    quit() {
      Services.startup.quit(Ci.nsIAppStartup.eForceQuit);
    },
  };
})();
