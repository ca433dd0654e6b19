/** Until measured: what reading the log takes for each message in it, in ms. */
const FIRST_GUESS = 0.003;
/** A reading of fewer messages says little of what each one costs. */
const TELLING = 1000;

/**
 * What reading the network log takes. DevTools gives it only whole, with all messages of all sockets, so it becomes
 * dearer as the log grows; this tells by how much before it is done.
 */
export class LogCost {
  private perMessage = FIRST_GUESS;
  /** What reading takes without messages, in ms: there are other requests too. */
  private base = 1;
  private messages = 0;

  /** Messages were added since the last reading. */
  grew(messages: number): void {
    this.messages += messages;
  }

  /** A reading took so long. */
  measured(ms: number, messages: number): void {
    this.messages = messages;
    if (messages < TELLING) this.base = ms;
    else this.perMessage = Math.max(0, ms - this.base) / messages;
  }

  /** The log begins anew, as far as can be known. */
  reset(): void {
    this.messages = 0;
    this.base = 1;
  }

  /** What the next reading will take, in ms. */
  get predicted(): number {
    return this.base + this.messages * this.perMessage;
  }
}
