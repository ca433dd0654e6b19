import { useEffect, useState } from 'preact/hooks';
import type { LogId } from '../../../core/messages/store';
import { messageOf } from '../../state/notices';
import type { Panel } from '../../state/panel';

/** The field by which the user wants messages of the selected connection's URL paired. */
export function PairField({ panel }: { panel: Panel }) {
  const connections = panel.log.connections.value;
  // Where there is only one, it need not be selected.
  const connection = panel.connection.value ?? (connections.length === 1 ? connections[0].id : null);
  const log = panel.log.id.value;
  // One for each connection: an effect that empties one and the same would come after what is typed at once.
  return <PairFieldOf key={`${log} ${connection}`} panel={panel} log={log} connection={connection} />;
}

function PairFieldOf({ panel, log, connection }: { panel: Panel; log: LogId; connection: number | null }) {
  const { link } = panel;
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    if (connection === null) return undefined;
    let gone = false;
    link.store
      .call('pairField', { log, connection })
      .then((path) => {
        // What is being typed meanwhile stays.
        if (!gone) setText((typed) => typed || path);
      })
      .catch(panel.failed);
    return () => {
      gone = true;
    };
  }, [panel, link, log, connection]);

  async function save(path: string): Promise<void> {
    if (connection === null) return;
    try {
      await link.store.call('setPairField', { log, connection, path: path.trim() });
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
