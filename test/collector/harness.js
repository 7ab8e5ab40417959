import { createServer } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { addressesOf } from '../../src/collector/door/routes.js';
import { Refused, } from '../../src/collector/protocol.js';
export async function openHarness(protocols, received = () => Date.now()) {
    const entries = [];
    const keys = [];
    const paths = [];
    const refused = [];
    const answer = (asked) => {
        const found = routed(protocols, asked);
        if (!found)
            return { status: 404 };
        const taken = found.route.take({ ...asked, params: found.params, header: asked.header });
        if (taken.kind === 'answered')
            return taken.reply;
        keys.push(taken.key);
        paths.push(asked.path);
        if (taken.events > 0)
            entries.push({
                source: 'test',
                protocol: found.protocol.id,
                received: received(),
                head: taken.head,
                body: taken.body,
            });
        return taken.reply;
    };
    const server = createServer((request, response) => {
        void wholeBody(request).then((body) => {
            const asked = askedOf(request, body);
            const reply = answeredOr(() => answer(asked));
            if (reply.status >= 400)
                refused.push(`${asked.method} ${asked.path} ${reply.status}`);
            send(response, reply);
        });
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    return {
        url: `http://127.0.0.1:${server.address().port}`,
        entries,
        keys,
        paths,
        refused,
        rows: (words = {}) => rowsOf(protocols, entries, words),
        close: () => new Promise((resolve) => {
            server.close(() => resolve());
            server.closeAllConnections();
        }),
    };
}
/** A request as a route gets it, for tests without a port. */
export function asked(method, address, { headers = {}, body = '' } = {}) {
    const url = new URL(address, 'http://127.0.0.1');
    return {
        method,
        path: url.pathname,
        params: {},
        query: url.searchParams,
        header: (name) => headers[name],
        headerNames: () => Object.keys(headers),
        body: Buffer.from(body),
    };
}
/** The protocol and route that a request goes to, with the parts of its path. */
export function routed(protocols, { method, path }) {
    const address = addressesOf(protocols)(path);
    const found = address?.byMethod.get(method);
    return found && { ...found, params: address?.params ?? {} };
}
/** What the route of a request says to it; throws where there is none. */
export function ask(protocols, request) {
    const found = routed(protocols, request);
    if (!found)
        throw new Error(`No route takes ${request.method} ${request.path}.`);
    return found.route.take({ ...request, params: found.params });
}
/** The rows of one request as if it had been kept as the log's first. */
export function told(protocols, request, { received = 0, words = {} } = {}) {
    const taken = ask(protocols, request);
    const protocol = routed(protocols, request)?.protocol;
    if (taken.kind !== 'taken' || !protocol)
        return [];
    const { head, body } = taken;
    const entry = { source: 'test', protocol: protocol.id, received, head, body };
    return [...protocol.rows({ entry, place: '1.0' }, words)];
}
function rowsOf(protocols, entries, words) {
    return entries.flatMap((entry, index) => {
        const protocol = protocols.find(({ id }) => id === entry.protocol);
        return [...(protocol?.rows({ entry, place: `1.${index}` }, words) ?? [])].map((row) => {
            if ('unreadable' in row)
                throw new Error(`unreadable ${row.unreadable}: ${row.raw}`);
            return row;
        });
    });
}
async function wholeBody(request) {
    const chunks = [];
    for await (const chunk of request)
        chunks.push(chunk);
    const body = Buffer.concat(chunks);
    return request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
}
function askedOf(request, body) {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const header = (name) => {
        const value = request.headers[name];
        return Array.isArray(value) ? value.join(', ') : value;
    };
    return {
        method: request.method ?? '',
        path: url.pathname,
        params: {},
        query: url.searchParams,
        header,
        headerNames: () => Object.keys(request.headers),
        body,
    };
}
function answeredOr(answer) {
    try {
        return answer();
    }
    catch (error) {
        if (error instanceof Refused)
            return { status: 400, body: error.message };
        return { status: 500, body: String(error) };
    }
}
function send(response, reply) {
    response.writeHead(reply.status, reply.headers);
    response.end(reply.body);
}
//# sourceMappingURL=harness.js.map