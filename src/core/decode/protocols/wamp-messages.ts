/** A message of WAMP: its name and what stands at each place of the array after the code. */
export interface WampMessage {
  name: string;
  fields: readonly string[];
}

/** Messages by code (WAMP, "Message Codes and Formats"): basic and advanced profile. */
export const WAMP_MESSAGES: ReadonlyMap<number, WampMessage> = new Map(
  Object.entries({
    1: 'HELLO realm details',
    2: 'WELCOME session details',
    3: 'ABORT details reason arguments keywords',
    4: 'CHALLENGE method extra',
    5: 'AUTHENTICATE signature extra',
    6: 'GOODBYE details reason',
    8: 'ERROR type request details error arguments keywords',
    16: 'PUBLISH request options topic arguments keywords',
    17: 'PUBLISHED request publication',
    32: 'SUBSCRIBE request options topic',
    33: 'SUBSCRIBED request subscription',
    34: 'UNSUBSCRIBE request subscription',
    35: 'UNSUBSCRIBED request details',
    36: 'EVENT subscription publication details arguments keywords',
    48: 'CALL request options procedure arguments keywords',
    49: 'CANCEL request options',
    50: 'RESULT request details arguments keywords',
    64: 'REGISTER request options procedure',
    65: 'REGISTERED request registration',
    66: 'UNREGISTER request registration',
    67: 'UNREGISTERED request details',
    68: 'INVOCATION request registration details arguments keywords',
    69: 'INTERRUPT request options',
    70: 'YIELD request options arguments keywords',
  }).map(([code, text]) => {
    const [name = '', ...fields] = text.split(' ');
    return [Number(code), { name, fields }];
  }),
);
