export { Wampy } from 'wampy';
export { MsgpackSerializer } from 'wampy/MsgpackSerializer.js';
