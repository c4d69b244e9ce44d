// Sends requests as they are: no client in between corrects their path, headers or body.
import { Agent, request } from 'node:http';

const streamMilliseconds = 300;

/** Sends requests to a host. */
export class Client {
  #agent = new Agent({ keepAlive: true });

  constructor(address, key) {
    this.address = address;
    this.key = key;
  }

  /** Sends a request, and reads its answer. Of an event stream, what comes within a moment is read. */
  send({ method, path, headers = {}, body, key = this.key }) {
    const all = { ...(key === null ? {} : { 'x-functions-key': key }), ...headers };
    return new Promise((resolve, reject) => {
      const sent = request(new URL(this.address), { agent: this.#agent, method, path, headers: all }, answer => {
        const chunks = [];
        const end = () => resolve({ status: answer.statusCode, headers: answer.headers, text: Buffer.concat(chunks).toString() });
        answer.on('data', chunk => chunks.push(chunk)).on('end', end).on('error', end);
        if (answer.headers['content-type']?.startsWith('text/event-stream')) {
          setTimeout(() => answer.destroy(), streamMilliseconds).unref();
          answer.on('close', end);
        }
      });
      sent.on('error', reject);
      // As bytes: Node.js would encode a text together with the headers.
      sent.end(body === undefined ? body : Buffer.from(body));
    });
  }

  /** The command line that sends a request again. */
  curl({ method, path, headers = {}, body, key = this.key }) {
    const all = Object.entries({ ...(key === null ? {} : { 'x-functions-key': key }), ...headers });
    const parts = [
      'curl -i --path-as-is', `-X ${method}`, quote(new URL(this.address).origin + path),
      ...all.map(([name, value]) => `-H ${quote(`${name}: ${Buffer.from(value, 'latin1')}`)}`),
    ];
    return body === undefined
      ? parts.join(' ')
      : `base64 -d <<< ${Buffer.from(body).toString('base64')} | ${parts.join(' ')} --data-binary @-`;
  }
}

const quote = text => `'${text.replaceAll("'", "'\\''")}'`;
