import type { ServerResponse } from 'node:http';

export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** Writes an error in the protocol of the service: XML, CBOR or JSON. */
export function refusalIn(service: string, refusal: Refusal, response: ServerResponse): void {
  const { status, code, message } = refusal;
  if (service === 'cloudformation' || service === 'sts') {
    response.writeHead(status, { 'content-type': 'text/xml' });
    response.end(
      `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
    );
  } else if (service === 'cloudwatch') {
    response.writeHead(status, { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' });
    response.end(Buffer.concat([Buffer.from([0xa2]), ...['__type', code, 'message', message].map(cborText)]));
  } else {
    response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': code });
    response.end(JSON.stringify({ __type: code, message }));
  }
}

/** A text in CBOR, of up to 65,535 bytes. */
function cborText(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x79, bytes.length >> 8, bytes.length & 0xff]), bytes]);
}
