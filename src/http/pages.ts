import { existsSync } from 'node:fs';
import { serveStatic } from '@hono/node-server/serve-static';
import type { App } from './app.ts';

/** Files whose names hold the hash of what they hold. */
const hashed = /^\/assets\//;

/** The console's files, compressed when it was built; every address that is no file is the console itself. */
export function pagesOf(folder: string): (app: App) => void {
  return (app) => {
    if (!existsSync(`${folder}/index.html`)) {
      app.get('/', (context) =>
        context.text('The console is not built: run `npm run build`. The API is at /api/docs.'),
      );
      return;
    }
    app.use('/*', async (context, next) => {
      await next();
      if (context.req.method !== 'GET' || context.res.status !== 200) return;
      context.header(
        'cache-control',
        hashed.test(context.req.path) ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    });
    app.get('/assets/*', serveStatic({ root: folder, precompressed: true }));
    app.get('/:file{[a-z0-9-]+\\.(svg|png|ico|txt|webmanifest)}', serveStatic({ root: folder, precompressed: true }));
    app.get('/assets/*', (context) => context.text('There is no such file.', 404));
    app.get('/*', serveStatic({ root: folder, path: 'index.html', precompressed: true }));
  };
}
