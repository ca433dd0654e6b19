import { el } from './dom.js';

const LINES = 60;
const LONGEST = 300;

/** The last lines of a conversation; drawn once a frame of the screen, however fast they come. */
export class TrafficLog {
  #waiting = [];
  #drawing = false;

  constructor(label) {
    this.element = el('ul', { className: 'log', tabIndex: 0, 'aria-label': label });
  }

  sent(text) {
    this.#add('sent', text);
  }

  received(text) {
    this.#add('received', text);
  }

  note(text) {
    this.#add('note', text);
  }

  #add(kind, text) {
    this.#waiting.push([kind, text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text]);
    if (this.#waiting.length > LINES) this.#waiting.shift();
    if (this.#drawing) return;
    this.#drawing = true;
    requestAnimationFrame(() => this.#draw());
  }

  #draw() {
    this.#drawing = false;
    const follow = this.element.scrollTop + this.element.clientHeight >= this.element.scrollHeight - 20;
    this.element.append(...this.#waiting.map(([className, textContent]) => el('li', { className, textContent })));
    this.#waiting = [];
    while (this.element.childElementCount > LINES) this.element.firstElementChild.remove();
    if (follow) this.element.scrollTop = this.element.scrollHeight;
  }
}
