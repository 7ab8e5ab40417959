import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { isPublicAddress, openOutbound } from './outbound.ts';

const addresses: readonly { address: string; is: 'open' | 'closed'; why: string }[] = [
  { address: '8.8.8.8', is: 'open', why: 'public' },
  { address: '100.63.255.255', is: 'open', why: 'the last before carrier NAT' },
  { address: '172.32.0.1', is: 'open', why: 'the first after 172.16/12' },
  { address: '2606:4700::1111', is: 'open', why: 'public IPv6' },
  { address: '127.0.0.1', is: 'closed', why: 'loopback' },
  { address: '127.255.255.254', is: 'closed', why: 'loopback' },
  { address: '0.0.0.0', is: 'closed', why: 'this host' },
  { address: '10.1.2.3', is: 'closed', why: 'private' },
  { address: '172.31.255.255', is: 'closed', why: 'private' },
  { address: '192.168.1.1', is: 'closed', why: 'private' },
  { address: '169.254.169.254', is: 'closed', why: 'metadata of clouds' },
  { address: '100.100.100.200', is: 'closed', why: 'metadata in carrier NAT' },
  { address: '198.19.0.1', is: 'closed', why: 'benchmarking' },
  { address: '224.0.0.1', is: 'closed', why: 'multicast' },
  { address: '255.255.255.255', is: 'closed', why: 'broadcast' },
  { address: '::', is: 'closed', why: 'unspecified' },
  { address: '::1', is: 'closed', why: 'loopback' },
  { address: '::ffff:127.0.0.1', is: 'closed', why: 'mapped loopback' },
  { address: '::ffff:8.8.8.8', is: 'closed', why: 'mapped, whatever it maps' },
  { address: '64:ff9b::a9fe:a9fe', is: 'closed', why: 'NAT64 to metadata' },
  { address: '2002:7f00:1::', is: 'closed', why: '6to4 to loopback' },
  { address: '2001:0:1::1', is: 'closed', why: 'Teredo' },
  { address: '2001:db8::1', is: 'closed', why: 'documentation' },
  { address: 'fe80::1', is: 'closed', why: 'link-local' },
  { address: 'fe80::1%eth0', is: 'closed', why: 'link-local with its zone' },
  { address: 'fd00:ec2::254', is: 'closed', why: 'metadata of clouds' },
  { address: 'ff02::1', is: 'closed', why: 'multicast' },
  { address: 'example.com', is: 'closed', why: 'no address' },
];

test.each(addresses)('$address is $is: $why', ({ address, is }) => {
  expect(isPublicAddress(address)).toBe(is === 'open');
});

const urls: readonly { url: string; code: string | undefined; why: string }[] = [
  { url: 'https://hooks.example.com/a?b=c', code: undefined, why: 'a public name' },
  { url: 'https://hooks.example.com:8443/', code: undefined, why: 'a port of its own' },
  { url: 'http://hooks.example.com/', code: 'outbound_refused', why: 'plain http' },
  { url: 'https://hooks.example.com:22/', code: 'outbound_refused', why: "another service's port" },
  { url: 'https://127.0.0.1/', code: 'outbound_refused', why: 'loopback' },
  { url: 'https://0x7f.1/', code: 'outbound_refused', why: 'loopback in disguise' },
  { url: 'https://2130706433/', code: 'outbound_refused', why: 'loopback as one number' },
  { url: 'https://[::ffff:10.0.0.1]/', code: 'outbound_refused', why: 'a mapped private address' },
  { url: 'https://user:word@hooks.example.com/', code: 'outbound_url', why: 'a password in the address' },
  { url: 'file:///etc/passwd', code: 'outbound_url', why: 'a file' },
  { url: 'hooks.example.com', code: 'outbound_url', why: 'no scheme' },
  { url: 'http://inside.example:9000/', code: undefined, why: 'allowed with its port' },
  { url: 'http://inside.example:9001/', code: 'outbound_refused', why: 'another port of an allowed host' },
  { url: 'http://wiki.example/', code: undefined, why: 'an allowed host' },
];

test.each(urls)('$url gives $code: $why', ({ url, code }) => {
  const { check } = openOutbound({ allow: ['Inside.example:9000', 'wiki.example'] });
  if (code === undefined) expect(check(url)).toBeUndefined();
  else {
    const zh: unknown = expect.stringMatching(/不能向|请填写|请去掉/);
    expect(() => check(url)).toThrow(expect.objectContaining({ code, text: expect.objectContaining({ zh }) }));
  }
});

const asked: string[] = [];
let answer = (_: IncomingMessage, response: ServerResponse): unknown => response.end('taken');
const server = createServer((request, response) => {
  asked.push(`${request.method} ${request.url} ${request.headers.host?.split(':')[0]}`);
  answer(request, response);
});
await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
const { port } = server.address() as AddressInfo;
afterAll(() => server.close());

/** Names stand for the test's own server. */
const outbound = (allow: readonly string[], found: readonly string[] = ['127.0.0.1']) => {
  const names: string[] = [];
  const resolve = async (name: string) => {
    names.push(name);
    return found;
  };
  return { ...openOutbound({ allow, resolve }), names };
};
const letter = { headers: { 'content-type': 'application/json' }, body: '{}' };

test('a name that stands for an inner address is refused before anything is sent', async () => {
  asked.length = 0;
  for (const found of [['127.0.0.1'], ['8.8.8.8', '10.0.0.1'], ['::1']])
    await expect(outbound([], found).post(`https://rebind.example:${port}/`, letter)).rejects.toMatchObject({
      code: 'outbound_refused',
    });
  expect(asked).toEqual([]);
});

test('an allowed name is looked up once, and the address it gave is the one connected to', async () => {
  asked.length = 0;
  answer = (_, response) => response.end('taken');
  const { post, names } = outbound([`hooks.example:${port}`]);
  expect(await post(`http://hooks.example:${port}/in?x=1`, letter)).toEqual({ status: 200, body: 'taken' });
  expect(asked).toEqual(['POST /in?x=1 hooks.example']);
  expect(names).toEqual(['hooks.example']);
});

test('a redirect is an answer, not a way on', async () => {
  asked.length = 0;
  answer = (_, response) => response.writeHead(302, { location: `http://127.0.0.1:${port}/inner` }).end();
  const { post } = outbound([`hooks.example:${port}`]);
  expect(await post(`http://hooks.example:${port}/`, letter)).toMatchObject({ status: 302 });
  expect(asked).toHaveLength(1);
});

test('an endless answer is cut at 64 KB', async () => {
  answer = (_, response) => {
    const more = () => {
      while (!response.destroyed && response.write('x'.repeat(16_384)));
    };
    response.on('drain', more);
    more();
  };
  const { post } = outbound([`hooks.example:${port}`]);
  const reply = await post(`http://hooks.example:${port}/`, letter);
  expect(reply.body).toHaveLength(65_536);
});

test.each([
  { name: 'a connection that breaks', found: ['127.0.0.1'], words: 'cannot be reached' },
  { name: 'a name without an address', found: [], words: 'its name has no address' },
])('$name is told as unreachable', async ({ found, words }) => {
  answer = (request) => request.socket.destroy();
  const { post } = outbound([`hooks.example:${port}`], found);
  await expect(post(`http://hooks.example:${port}/`, letter)).rejects.toMatchObject({
    code: 'outbound_unreachable',
    message: expect.stringContaining(words),
  });
});
