/** The endpoint did not answer in time. */
export class PostTimeoutError extends Error {
  readonly phase: 'connect' | 'response';

  constructor(phase: 'connect' | 'response') {
    super(`time-out: ${phase}`);
    this.name = 'PostTimeoutError';
    this.phase = phase;
  }
}

/** The connection ended before the whole head of an answer came. */
export class ConnectionLostError extends Error {
  /**
   * Node's or OpenSSL's code; `closed` when the receiver ended the connection in an orderly way.
   */
  readonly code: string;
  /** True when a part of an answer had come. */
  readonly hasBegun: boolean;

  constructor(code: string, hasBegun: boolean) {
    super(`connection lost: ${code}`);
    this.name = 'ConnectionLostError';
    this.code = code;
    this.hasBegun = hasBegun;
  }
}

/** The connection ended during the TLS handshake without an alert. */
export class HandshakeLostError extends Error {
  override readonly name = 'HandshakeLostError';
}
