import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where a server under development listens; `npx vite` passes the API on to it. */
const server = process.env.QIANCHENG_DEV_SERVER ?? 'http://127.0.0.1:7300';

export default defineConfig({
  root: 'web',
  base: '/',
  plugins: [react()],
  server: { proxy: { '/api': server } },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\//, priority: 2 },
            { name: 'first', tags: ['$initial'], priority: 1 },
          ],
        },
      },
    },
  },
});
