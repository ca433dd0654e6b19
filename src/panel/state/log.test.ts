import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FakePanel, fakePanel } from '../testing/fakePanel';
import { look } from '../testing/look';

let fake: FakePanel;

beforeEach(async () => {
  fake = fakePanel(100);
  await look(fake, 70, 100);
  await vi.waitFor(() => expect(fake.panel.log.connections.value).toHaveLength(3));
});

afterEach(() => fake.close());

const whenConnections = (count: number) =>
  vi.waitFor(() => expect(fake.panel.log.connections.value).toHaveLength(count));

it('lets go of an earlier session when another takes its place', async () => {
  const { link, log, sessions } = fake.panel;
  const call = vi.spyOn(link.store, 'call');
  const closed = () => call.mock.calls.flatMap(([method, params]) => (method === 'closeSession' ? [params] : []));
  await sessions.view('session-1');
  await sessions.view('session-1');
  expect(closed()).toEqual([]);
  await sessions.view('session-2');
  expect(closed()).toEqual([{ session: 'session-1' }]);
  log.backToLive();
  expect(closed()).toEqual([{ session: 'session-1' }, { session: 'session-2' }]);
});

describe('what was chosen in a log', () => {
  it('is forgotten with it', async () => {
    const { composer, connection, frames, log, panel } = { ...fake.panel, panel: fake.panel };
    await panel.sessions.view('session-1');
    await whenConnections(3);
    await look(fake, 70, 100);
    panel.selectConnection(2);
    expect(composer.chosen.value).toBeNull();
    panel.reference.set(frames.rowAt(80)!);
    log.backToLive();
    expect(connection.value).toBeNull();
    expect(panel.reference.time.value).toBeNull();
  });

  it('is forgotten when the log is cleared, but for a connection that is still open', async () => {
    const { connection, frames, reference, selectConnection, clear } = fake.panel;
    reference.set(frames.rowAt(80)!);
    selectConnection(1);
    clear();
    await whenConnections(2);
    expect(connection.value).toBe(1);
    expect(reference.frame.value).toBeNull();
  });

  it('is forgotten with a connection that ended', async () => {
    const { connection, selectConnection, clear } = fake.panel;
    selectConnection(3);
    clear();
    await whenConnections(2);
    expect(connection.value).toBeNull();
  });
});
