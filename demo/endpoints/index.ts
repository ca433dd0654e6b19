import { bigEndpoint } from './big';
import { chatEndpoint } from './chat';
import { closeEndpoint, unsteadyEndpoint } from './close';
import { deafEndpoint, echoEndpoint, sinkEndpoint, slowEndpoint } from './echo';
import type { Endpoint } from './endpoint';
import { floodEndpoint } from './flood';
import { protocolsEndpoint } from './protocols';
import { badAcceptEndpoint, refuseEndpoint } from './refuse';
import { scriptEndpoint } from './script';
import { telemetryEndpoint } from './telemetry';
import { tickerEndpoint } from './ticker';

/** Every WebSocket endpoint of a demo server, by its path. Those with a state of their own are made anew. */
export function createEndpoints(): Map<string, Endpoint> {
  const endpoints = [
    echoEndpoint,
    slowEndpoint,
    sinkEndpoint,
    deafEndpoint,
    floodEndpoint,
    scriptEndpoint,
    closeEndpoint,
    unsteadyEndpoint,
    refuseEndpoint,
    badAcceptEndpoint,
    bigEndpoint,
    protocolsEndpoint,
    tickerEndpoint,
    telemetryEndpoint,
    chatEndpoint(),
  ];
  return new Map(endpoints.map((endpoint) => [endpoint.path, endpoint]));
}
