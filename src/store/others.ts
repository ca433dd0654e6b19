const NAME = 'framescope sessions';

/** What of a `BroadcastChannel` is used here. */
export type Channel = Pick<BroadcastChannel, 'postMessage' | 'onmessage'>;

/** Tells the stores of other DevTools that the list of sessions changed, and is told by them. */
export class OtherStores {
  readonly #channel: Channel | null;

  /**
   * @param channel `null` where there is none
   * @param onChange told when another store changed the list
   */
  constructor(channel: Channel | null, onChange: () => void) {
    this.#channel = channel;
    if (channel !== null) channel.onmessage = onChange;
  }

  tell(): void {
    this.#channel?.postMessage(null);
  }
}

/** @returns the channel that all stores of this browser profile share */
export function createChannel(): Channel {
  return new BroadcastChannel(NAME);
}
