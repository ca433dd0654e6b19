/** Until measured: what reading the log takes for each message in it, in ms. */
const FIRST_GUESS = 0.003;
/** A reading of fewer messages says little of what each one costs. */
const TELLING = 1000;
/** One slow reading may have other causes: an estimate grows by no more than this at a time. */
const GROWTH = 1.5;

/**
 * What reading the network log takes. DevTools gives it only whole, with all messages of all sockets, so it becomes
 * dearer as the log grows; this tells by how much before it is done.
 */
export class LogCost {
  private perMessage = FIRST_GUESS;
  private messages = 0;
  private last = 0;

  /** Messages were added since the last reading. */
  grew(messages: number): void {
    this.messages += messages;
  }

  /** A reading took so long. */
  measured(ms: number, messages: number): void {
    this.last = ms;
    this.messages = messages;
    if (messages >= TELLING) this.perMessage = Math.min(ms / messages, this.perMessage * GROWTH);
  }

  /** The log begins anew, as far as can be known. */
  reset(): void {
    this.messages = 0;
    this.last = 0;
  }

  /** What the messages will add to the next reading, in ms. */
  get ofMessages(): number {
    return this.messages * this.perMessage;
  }

  /** What the next reading will take at least, in ms, to judge by the last one too. */
  get predicted(): number {
    return Math.max(this.last, this.ofMessages);
  }
}
