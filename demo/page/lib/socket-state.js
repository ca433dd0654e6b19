import { el } from './dom.js';

const STATES = ['connecting', 'open', 'closing', 'closed'];

/** One line that says how a socket fares: its state, what it received, how it was closed. */
export class SocketState {
  #received = 0;
  #drawing = false;
  #end = '';
  #socket;

  constructor() {
    this.element = el('div', { className: 'state', role: 'status', textContent: 'not opened', 'data-state': 'none' });
  }

  watch(socket) {
    this.#socket = socket;
    this.#received = 0;
    this.#end = '';
    const draw = () => this.#draw(socket);
    socket.addEventListener('open', draw);
    socket.addEventListener('message', () => {
      this.#received += 1;
      draw();
    });
    socket.addEventListener('close', ({ code, reason, wasClean }) => {
      this.#end = ` ${code}${reason ? ` “${reason}”` : ''}${wasClean ? '' : ', not clean'}`;
      draw();
    });
    draw();
    return socket;
  }

  #draw(socket) {
    if (socket !== this.#socket || this.#drawing) return;
    this.#drawing = true;
    requestAnimationFrame(() => {
      this.#drawing = false;
      const state = STATES[this.#socket.readyState];
      const protocol = this.#socket.protocol ? `, ${this.#socket.protocol}` : '';
      this.element.dataset.state = state;
      this.element.textContent = `${state}${this.#end}${protocol}, ${this.#received.toLocaleString('en')} received`;
    });
  }
}
