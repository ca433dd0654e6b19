import type { Connection, HeaderPair } from '../../core/model/connection';
import { Facts } from './Facts';

/** The opening handshake. RFC 6455 §4. */
export function ConnectionHandshake({ connection }: { connection: Connection }) {
  const { handshake } = connection;
  return (
    <>
      <Facts
        facts={[
          ['URL', connection.url],
          ['Status', handshake ? `${handshake.status || '(none)'} ${handshake.statusText}`.trim() : ''],
          ['Why it failed', connection.failure],
          ['Subprotocol', connection.protocol || '(none)'],
          ['Asked for', connection.protocols.join(', ')],
          ['Extensions', connection.extensions || '(none)'],
        ]}
      />
      {handshake ? (
        <>
          <Headers title="Response headers" headers={handshake.responseHeaders} />
          <Headers title="Request headers" headers={handshake.requestHeaders} />
        </>
      ) : (
        <p class="hint">
          Headers come from the network log of DevTools. They are there for connections that were opened while DevTools
          was open.
        </p>
      )}
    </>
  );
}

function Headers({ title, headers }: { title: string; headers: readonly HeaderPair[] }) {
  return (
    <>
      <h2>
        {title} ({headers.length})
      </h2>
      <Facts facts={headers.map(({ name, value }) => [name, value] as const)} />
    </>
  );
}
