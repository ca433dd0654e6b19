import { useEffect, useState } from 'preact/hooks';
import { messageOf } from '../../state/notices';
import type { Panel } from '../../state/panel';

/** The field by which the user wants messages of the selected connection's URL paired. */
export function PairField({ panel }: { panel: Panel }) {
  const { link, log } = panel;
  const connections = log.connections.value;
  // Where there is only one, it need not be selected.
  const connection = panel.connection.value ?? (connections.length === 1 ? connections[0].id : null);
  const id = log.id.value;
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    let gone = false;
    setText('');
    setProblem(null);
    if (connection === null) return undefined;
    link.store
      .call('pairField', { log: id, connection })
      .then((path) => {
        // What is being typed meanwhile stays.
        if (!gone) setText((typed) => typed || path);
      })
      .catch(panel.failed);
    return () => {
      gone = true;
    };
  }, [panel, link, id, connection]);

  async function save(path: string): Promise<void> {
    if (connection === null) return;
    try {
      await link.store.call('setPairField', { log: id, connection, path: path.trim() });
      setProblem(null);
    } catch (error) {
      setProblem(messageOf(error));
    }
  }

  return (
    <>
      {problem && (
        <span class="problem" role="alert">
          {problem}
        </span>
      )}
      <label class="pair-field" title="Messages with the same value there are a request and its reply">
        Pair by field
        <input
          type="text"
          placeholder={connection === null ? 'select a connection' : '$.requestId'}
          spellcheck={false}
          disabled={connection === null}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          onChange={(event) => void save(event.currentTarget.value)}
        />
      </label>
    </>
  );
}
