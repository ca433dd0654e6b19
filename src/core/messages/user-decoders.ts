import type { UserDecoder } from '../decode/user-decoder';

/** Why a function does not run: an error in its code, or that it was stopped. `line` counts from 1. */
export interface FunctionProblem {
  message: string;
  line: number | null;
}

/** A decoder of the user's; `problem` is `null` as long as none is known. */
export interface UserDecoderState {
  decoder: UserDecoder;
  problem: FunctionProblem | null;
}

export type UserDecoderCalls = {
  userDecoders: { params: null; result: UserDecoderState[] };
  /**
   * Adds a decoder, or puts it in place of the one of its id. A function is tried: what is wrong with its code is the
   * result, and it is kept all the same. Rejected as `SyntaxError` when it is no decoder at all.
   */
  saveUserDecoder: { params: { decoder: UserDecoder }; result: FunctionProblem | null };
  /** Removes a decoder, and with it what it was chosen for. */
  removeUserDecoder: { params: { id: string }; result: null };
};

export type UserDecoderEvents = {
  /** There are other decoders than before. What messages say may be another now. */
  decoders: { id: string; label: string }[];
  /** What rows say is known only now. */
  rowsChanged: null;
};
